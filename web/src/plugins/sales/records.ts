import funnel from "bootstrap-icons/funnel.svg";
import kanban from "bootstrap-icons/kanban.svg";
import shuffle from "bootstrap-icons/arrow-left-right.svg";
import trophy from "bootstrap-icons/trophy.svg";
import x from "bootstrap-icons/x-circle.svg";
import { texts } from "../../app/language";
import { allowedStates } from "../../kernel/records/transition";
import type { PluginScreens, RecordPart } from "../plugin";
import { kindWords } from "./activities/kinds";
import { dealFigures } from "./stages/figures";
import { moveToStage, stageKind, stagesOf } from "./stages/stages";

const t = texts({
    it: { won: "Vinta", lost: "Persa", convert: "Converti" },
    en: { won: "Won", lost: "Lost", convert: "Convert" },
});

const moment = () => import("./activities/ActivityMoment");
/** With it comes the screen of what is written in it: without a connection it could not be fetched any more. */
const composer: RecordPart = { place: "head", height: 73, load: () => Promise.all([import("./activities/Composer"), moment()]).then(([screen]) => screen) };
const tasks: RecordPart = { place: "side", covers: ["sales.activity"], load: () => import("./activities/OpenTasks") };
const stagePath: RecordPart = { place: "head", height: 32, load: () => import("./stages/StagePath") };

/** What selling adds to the pages of records. */
export const salesRecords: Pick<PluginScreens, "recordParts" | "recordActions" | "recordFigures" | "moments"> = {
    recordParts: {
        "sales.opportunity": [stagePath, composer, tasks],
        "sales.lead": [composer, tasks],
        "directory.account": [composer, tasks],
        "directory.contact": [composer, tasks],
    },
    recordFigures: { "sales.opportunity": dealFigures },
    recordActions: {
        "sales.opportunity": [
            {
                key: "won", label: () => t("won"), icon: trophy, primary: true,
                isOffered: (row, entity) => entity.operations.includes("update") && stageKind(row) === "open",
                run: async (row, entity) => {
                    const stage = (await stagesOf(String(row["pipeline_id"]))).find((one) => one["kind"] === "won");
                    if (stage) await moveToStage(entity, row, stage);
                },
            },
            {
                key: "lost", label: () => t("lost"), icon: x,
                isOffered: (row, entity) => entity.operations.includes("update") && stageKind(row) === "open",
                load: () => import("./stages/LoseDeal"),
            },
        ],
        "sales.lead": [
            {
                key: "converted", label: () => t("convert"), icon: shuffle, primary: true,
                isOffered: (row, entity) => entity.operations.includes("update") && allowedStates(entity, String(row["status"])).includes("converted"),
                load: () => import("./convert/ConvertLead"),
            },
        ],
    },
    moments: {
        "sales.activity": { at: "happened_at", icon: (row) => kindWords(String(row["kind"])).icon, load: moment },
        "sales.opportunity": { at: "created_at", icon: (_, kind) => (kind === "closed" ? trophy : kanban), load: () => import("./activities/DealMoment") },
        "sales.lead": { at: "converted_at", icon: () => funnel, load: () => import("./activities/LeadMoment") },
    },
};
