import { texts } from "../../../app/language";
import * as format from "../../../kernel/format/format";
import { field } from "../../../kernel/meta/meta";
import type { EntityMeta } from "../../../kernel/meta/types";
import { figureText } from "../../../kernel/record/keyFigures";
import type { Row } from "../../../kernel/records/types";
import type { Figure } from "../../plugin";
import { stageKind } from "./stages";

const t = texts({
    it: { probability: "Probabilità", inStage: "In questa fase da", closed: "Chiusa il" },
    en: { probability: "Probability", inStage: "In this stage for", closed: "Closed on" },
});

/** What a deal is worth, how likely it is, when it closes, and how long it has stood still. */
export function dealFigures(row: Row, entity: EntityMeta): Figure[] {
    const isOpen = stageKind(row) === "open";
    const label = (key: string) => field(entity, key)?.label ?? "";
    const figures: Figure[] = [{ key: "amount", label: label("amount"), text: figureText(entity, "amount", row) }];
    if (!isOpen) {
        if (row["closed_at"]) figures.push({ key: "closed_at", label: t("closed"), text: format.longDate(format.localMinutes(String(row["closed_at"])).slice(0, 10)) });
        return figures;
    }
    const share = row["probability"] ?? row["win_probability"];
    if (typeof share === "number") figures.push({ key: "probability", label: t("probability"), text: format.percent(share) });
    const closes = row["expected_close_on"];
    if (typeof closes === "string") figures.push({ key: "expected_close_on", label: label("expected_close_on"), text: format.longDate(closes), ...(closes < format.today() ? { tone: "danger" as const } : {}) });
    const since = row["stage_since"];
    if (typeof since === "string") {
        figures.push({ key: "stage_since", label: t("inStage"), text: format.span(Math.max(60, (Date.now() - Date.parse(since)) / 1000)), ...(row["is_rotting"] === true ? { tone: "warning" as const } : {}) });
    }
    return figures;
}
