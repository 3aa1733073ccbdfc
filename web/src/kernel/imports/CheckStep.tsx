import { texts } from "../../app/language";
import { Link, to } from "../../app/router";
import { Progress } from "../../design/Badge";
import { Button } from "../../design/Button";
import type { EntityMeta } from "../meta/types";
import { CountTiles } from "./CountTiles";
import { ImportErrors } from "./ImportErrors";
import { importTexts } from "./importTexts";
import { OpenValues } from "./OpenValues";
import type { Plan } from "./plan";
import type { ImportDocument } from "./types";
import { openColumns } from "./unmatched";
import type { Check } from "./useCheck";

const t = texts({
    it: {
        going: "Verifica di tutte le righe: non si scrive niente.", good: "Tutto a posto: nessuna riga ha errori.", some: { one: "Una riga ha errori e resta fuori; le altre si possono importare.", other: "{count} righe hanno errori e restano fuori; le altre si possono importare." },
        all: "Nessuna riga passa: correggi le colonne o il file.", unsettled: "Nessuna riga passa ancora: abbina i valori che mancano.", nothing: "Non c'è niente da scrivere: le righe ci sono già tutte.",
        stopped: "La verifica si è fermata. {why}", retry: "Verifica di nuovo", missing: "Manca qualcosa nelle colonne.", back: "Torna alle colonne",
    },
    en: {
        going: "All rows are being checked: nothing is written.", good: "All is well: no row has errors.", some: { one: "One row has errors and stays out; the others can be imported.", other: "{count} rows have errors and stay out; the others can be imported." },
        all: "No row passes: correct the columns or the file.", unsettled: "No row passes yet: settle the values that are missing.", nothing: "There is nothing to write: all rows are there already.",
        stopped: "The check has stopped. {why}", retry: "Check again", missing: "Something is missing in the columns.", back: "Back to the columns",
    },
});

/** What would become of every row; nothing is written. */
export function CheckStep({ entity, document, plan, setPlan, check }: { entity: EntityMeta; document: ImportDocument; plan: Plan; setPlan: (change: (before: Plan) => Plan) => void; check: Check }) {
    const open = openColumns(entity, document, plan);
    const { counts } = document;
    const passes = counts.create + counts.update;
    const verdict = !counts.error ? (passes ? t("good") : t("nothing")) : passes + counts.skip ? t("some", { count: counts.error }) : t(open.length ? "unsettled" : "all");
    const columns = to(`imports/${document.id}`, { step: "columns" });
    const fault = Object.values(check.faults).find(Boolean);
    if (fault !== undefined || !check.isPossible) {
        return (
            <div className="import-page">
                <div className="import-fault" role="alert">
                    <span>{fault === undefined ? t("missing") : t("stopped", { why: fault })}</span>
                    {fault === undefined ? <Link className="button bar" href={columns}>{t("back")}</Link> : <Button bar onClick={check.retry}>{t("retry")}</Button>}
                </div>
            </div>
        );
    }
    return (
        <div className="import-page">
            <p className="import-intro" role="status">{check.isCurrent ? verdict : t("going")}</p>
            <CountTiles counts={counts} isDone={false} isWaiting={!check.isCurrent} />
            {!check.isCurrent && (
                <div className="import-progress">
                    <Progress done={document.progress.done} total={document.rows} label={importTexts("progress", { file: document.file_name })} />
                    <span className="muted small">{importTexts("of", { done: document.progress.done, total: document.rows })}</span>
                </div>
            )}
            {check.isCurrent && <OpenValues entity={entity} open={open} setPlan={setPlan} />}
            {check.isCurrent && <ImportErrors document={document} />}
        </div>
    );
}
