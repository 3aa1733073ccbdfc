import { texts } from "../../app/language";
import { Button } from "../../design/Button";
import type { EntityMeta } from "../meta/types";
import { ColumnRow } from "./ColumnRow";
import { Constants } from "./Constants";
import { foundWords } from "./importTexts";
import { MatchChoice } from "./MatchChoice";
import { OpenValues } from "./OpenValues";
import { withColumn, type ColumnPlan, type Plan } from "./plan";
import type { ImportDocument } from "./types";
import { openColumns } from "./unmatched";
import type { Check } from "./useCheck";

const t = texts({
    it: {
        proposed: "Abbiamo proposto un campo per ogni colonna: controlla e correggi.", some: "Abbiamo proposto un campo per {count} colonne su {all}: controlla e completa.", none: "Non abbiamo riconosciuto le colonne: scegli per ognuna il campo.",
        column: "Colonna del file", sample: "Esempio", field: "Campo", becomes: "diventa", state: "Stato", retry: "Riprova", checking: "Controllo dei valori in corso", open: { one: "Una colonna ha valori da abbinare", other: "{count} colonne hanno valori da abbinare" }, ready: "Tutte le colonne sono pronte",
    },
    en: {
        proposed: "We proposed a field for every column: check and correct.", some: "We proposed a field for {count} of {all} columns: check and complete.", none: "We did not recognize the columns: choose a field for each.",
        column: "Column of the file", sample: "Example", field: "Field", becomes: "becomes", state: "State", retry: "Try again", checking: "Values are being checked", open: { one: "One column has values to be matched", other: "{count} columns have values to be matched" }, ready: "All columns are ready",
    },
});

interface Props {
    entity: EntityMeta;
    document: ImportDocument;
    plan: Plan;
    setPlan: (change: (before: Plan) => Plan) => void;
    check: Check;
}

/** What each column of the file becomes, and what to do with values that refer to nothing. */
export function MapColumns({ entity, document, plan, setPlan, check }: Props) {
    const open = openColumns(entity, document, plan);
    const proposals = document.columns.filter((one) => one.proposal).length;
    const intro = proposals === document.columns.length ? t("proposed") : proposals ? t("some", { count: proposals, all: document.columns.length }) : t("none");
    const change = (next: Partial<Plan>) => setPlan((before) => ({ ...before, ...next }));
    const changeColumn = (column: string) => (next: Partial<ColumnPlan>) => setPlan((before) => withColumn(before, column, next));
    const targets = new Map(Object.entries(plan.columns).map(([name, one]) => [name, one.target]));
    const taken = (column: string) => new Set([...targets].flatMap(([name, target]) => (name !== column && target ? [target] : [])).concat(Object.keys(plan.constants)));
    const said = check.isGoing ? t("checking") : !check.isCurrent ? "" : open.length ? t("open", { count: open.length }) : t("ready");
    return (
        <div className="import-page">
            <p className="import-intro">{foundWords(document)}. {intro}</p>
            <div className="visually-hidden" role="status">{said}</div>
            {check.faults[""] && <div className="import-fault" role="alert"><span>{check.faults[""]}</span><Button bar onClick={check.retry}>{t("retry")}</Button></div>}
            <table className="import-table import-mapping">
                <thead>
                    <tr>
                        <th scope="col">{t("column")}</th><th scope="col">{t("sample")}</th><th scope="col"><span className="visually-hidden">{t("becomes")}</span></th><th scope="col">{t("field")}</th><th scope="col"><span className="visually-hidden">{t("state")}</span></th>
                    </tr>
                </thead>
                <tbody>
                    {document.columns.map((column) => {
                        const chosen = plan.columns[column.column];
                        return chosen && (
                            <ColumnRow
                                key={column.column}
                                entity={entity}
                                column={column}
                                plan={chosen}
                                taken={taken(column.column)}
                                onChange={changeColumn(column.column)}
                                open={open.find((one) => one.column === column.column)}
                                fault={check.faults[column.column]}
                                isUndecided={check.undecided.includes(column.column)}
                                isChecking={check.isGoing}
                                hasErrors={check.isCurrent && document.errors.some((one) => one.column === column.column && chosen.unmatched === "error")}
                            />
                        );
                    })}
                </tbody>
            </table>
            <OpenValues entity={entity} open={open} setPlan={setPlan} />
            <MatchChoice entity={entity} plan={plan} onChange={change} />
            <Constants entity={entity} plan={plan} onChange={change} />
        </div>
    );
}
