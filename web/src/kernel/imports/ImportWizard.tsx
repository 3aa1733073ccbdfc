import { useMemo, useState } from "react";
import arrow from "bootstrap-icons/arrow-right.svg";
import { Header } from "../../app/shell/Header";
import { followWork } from "../../app/shell/work";
import { texts } from "../../app/language";
import { go, Link, to, usePlace } from "../../app/router";
import { Button } from "../../design/Button";
import { Icon } from "../../design/Icon";
import { api } from "../api/client";
import { useDraft, writeDraft } from "../draft";
import type { EntityMeta } from "../meta/types";
import { toastProblem } from "../records/change";
import { CheckStep } from "./CheckStep";
import { FileStep } from "./FileStep";
import { importTexts, isGoing } from "./importTexts";
import { MapColumns } from "./MapColumns";
import { firstPlan, type Plan } from "./plan";
import { RunStep } from "./RunStep";
import { stepNames, Steps, type Step } from "./Steps";
import type { ImportDocument } from "./types";
import { useCheck } from "./useCheck";

const t = texts({
    it: { check: "Verifica", dry: "senza scrivere", run: { one: "Importa {count} riga", other: "Importa {count} righe" }, next: "Abbina le colonne", resume: "Riprendi", label: "Importazione di {file}", close: "Vai alle importazioni" },
    en: { check: "Check", dry: "without writing", run: { one: "Import {count} row", other: "Import {count} rows" }, next: "Map the columns", resume: "Resume", label: "Import of {file}", close: "Go to the imports" },
});

/** Rows up to which every change is checked by itself. */
const quickRows = 50_000;

/** The steps of one import: its file, its columns, what would happen, what happened. */
export function ImportWizard({ document, entity, take }: { document: ImportDocument; entity: EntityMeta; take: (next: ImportDocument) => void }) {
    const { query } = usePlace();
    const initial = useMemo(() => firstPlan(entity, document), [document.id]);
    const draft = `import:${document.id}`;
    const [plan, setPlan] = useDraft<Plan>(draft, initial);
    const [busy, setBusy] = useState(false);
    const hasRun = document.started_at !== null && !["analysed", "checking", "checked"].includes(document.status);
    const asked = stepNames.find((one) => one === query.get("step"));
    const step: Step = hasRun ? (asked === "file" && document.columns.length ? "file" : "run") : asked && asked !== "run" ? asked : document.status === "checked" || document.status === "checking" ? "check" : "columns";
    const delay = step === "check" ? 0 : step === "columns" && document.rows <= quickRows ? 700 : null;
    const check = useCheck(entity, document, plan, take, hasRun ? null : delay);
    const at = (name: Step) => to(`imports/${document.id}`, { step: name });
    const passes = document.counts.create + document.counts.update;
    const run = async () => {
        setBusy(true);
        try {
            const next = await api.post<ImportDocument>(`/imports/${document.id}/run`);
            followWork({ key: `import:${document.id}`, label: t("label", { file: document.file_name }), href: to(`imports/${document.id}`) });
            writeDraft(draft, undefined);
            take(next);
            go(to(`imports/${document.id}`), true);
        } catch (error) {
            toastProblem(error);
        }
        setBusy(false);
    };
    const toCheck = () => {
        const first = check.undecided[0];
        if (!first) return go(at("check"));
        window.document.querySelector<HTMLElement>(`[data-format="${CSS.escape(first)}"]`)?.focus();
    };
    const leave = <Link className="button import-leave" href={to("imports")}>{importTexts("cancel")}</Link>;
    const actions = {
        file: hasRun ? <Link className="button" href={at("run")}>{importTexts("back")}</Link> : <>{leave}<Button look="primary" onClick={() => go(at("columns"))}>{t("next")}<Icon svg={arrow} /></Button></>,
        columns: <>{leave}<Button look="primary" disabled={!check.isPossible && !check.undecided.length} onClick={toCheck}><span>{t("check")}<span className="import-wide"> {t("dry")}</span></span><Icon svg={arrow} /></Button></>,
        check: <><Link className="button" href={at("columns")}>{importTexts("back")}</Link><Button look="primary" busy={busy} disabled={!check.isCurrent || !passes} onClick={() => void run()}>{check.isCurrent && !passes ? importTexts("import") : t("run", { count: check.isCurrent ? passes : document.rows })}</Button></>,
        run: document.status === "failed" ? <Button look="primary" busy={busy} onClick={() => void run()}>{t("resume")}</Button> : <Link className="button" href={to("imports")}>{t("close")}</Link>,
    }[step];
    const done: Step[] = hasRun ? (isGoing(document.status) ? ["file", "columns", "check"] : ["file", "columns", "check", "run"]) : check.isCurrent && step !== "columns" ? ["file", "columns"] : ["file"];
    return (
        <>
            <Header title={document.file_name} parent={{ label: importTexts("imports"), href: to("imports") }} actions={actions} />
            <Steps now={step} done={done} open={hasRun ? { file: at("file"), run: at("run") } : { file: at("file"), columns: at("columns"), ...(check.isPossible ? { check: at("check") } : {}) }} />
            <div className="page">
                {step === "file" && <FileStep entity={entity} document={document} />}
                {step === "columns" && <MapColumns entity={entity} document={document} plan={plan} setPlan={setPlan} check={check} />}
                {step === "check" && <CheckStep entity={entity} document={document} plan={plan} setPlan={setPlan} check={check} />}
                {step === "run" && <RunStep entity={entity} document={document} onTaken={take} />}
            </div>
        </>
    );
}
