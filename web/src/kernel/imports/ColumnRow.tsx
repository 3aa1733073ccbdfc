import { useId } from "react";
import arrow from "bootstrap-icons/arrow-right.svg";
import check from "bootstrap-icons/check2.svg";
import x from "bootstrap-icons/x.svg";
import { texts } from "../../app/language";
import { Badge, Skeleton } from "../../design/Badge";
import { IconButton } from "../../design/Button";
import { Icon } from "../../design/Icon";
import type { EntityMeta } from "../meta/types";
import { ColumnTarget } from "./ColumnTarget";
import { importTexts } from "./importTexts";
import { targetField, type ColumnPlan } from "./plan";
import type { FileColumn } from "./types";
import type { OpenColumn } from "./unmatched";

const t = texts({
    it: {
        ready: "Pronta", left: "Non importata", one: "{rows}: «{value}» non esiste", rows: { one: "{count} riga", other: "{count} righe" },
        many: "{rows}: {count} valori non trovati", choose: "Scegli come è scritta", settled: { one: "{count} valore abbinato", other: "{count} valori abbinati" }, nothing: "vuoto", forget: "Dimentica «{value}»",
        create: "Quelli che mancano si creano", leaveEmpty: "Quelli che mancano restano vuoti", back: "Rivedi", faulty: "Valori non validi", noSample: "sempre vuota",
    },
    en: {
        ready: "Ready", left: "Left out", one: "{rows}: “{value}” does not exist", rows: { one: "{count} row", other: "{count} rows" },
        many: "{rows}: {count} values not found", choose: "Choose how it is written", settled: { one: "{count} value matched", other: "{count} values matched" }, nothing: "empty", forget: "Forget “{value}”",
        create: "Missing ones are created", leaveEmpty: "Missing ones stay empty", back: "Review", faulty: "Invalid values", noSample: "always empty",
    },
});

interface Props {
    entity: EntityMeta;
    column: FileColumn;
    plan: ColumnPlan;
    taken: Set<string>;
    onChange: (next: Partial<ColumnPlan>) => void;
    open: OpenColumn | undefined;
    fault: string | undefined;
    isUndecided: boolean;
    isChecking: boolean;
    /** Some of the first errors are this column's. */
    hasErrors: boolean;
}

/** A column of the file, what it becomes, and whether that works. */
export function ColumnRow({ entity, column, plan, taken, onChange, open, fault, isUndecided, isChecking, hasErrors }: Props) {
    const id = useId();
    const target = targetField(entity, plan.target);
    const state = () => {
        if (!target) return <span className="muted small">{t("left")}</span>;
        if (fault !== undefined) return <span className="danger-text small">{fault}</span>;
        if (isUndecided) return <Badge tone="warning">{t("choose")}</Badge>;
        if (open) {
            const rows = t("rows", { count: open.rows });
            const first = open.values[0];
            return <Badge tone="warning"><span className="truncate">{open.values.length === 1 && first ? t("one", { rows, value: first.value }) : t("many", { rows, count: open.values.length })}</span></Badge>;
        }
        if (isChecking) return <Skeleton width={72} height={20} />;
        if (hasErrors) return <Badge tone="danger">{t("faulty")}</Badge>;
        return <span className="badge success" role="img" aria-label={t("ready")}><Icon svg={check} /></span>;
    };
    return (
        <tr data-column={column.column} className={target ? undefined : "left-out"}>
            <th scope="row"><span className="truncate" title={column.column}>{column.column}</span></th>
            <td className="import-sample"><span className="truncate" title={column.samples.join(" · ")}>{column.samples[0] ?? t("noSample")}</span></td>
            <td className="import-arrow"><Icon svg={arrow} /></td>
            <td>
                <ColumnTarget entity={entity} column={column} plan={plan} taken={taken} onChange={onChange} invalid={fault !== undefined || isUndecided} describedBy={id} />
            </td>
            <td id={id} className="import-state">
                {state()}
                {target && <Settled plan={plan} onChange={onChange} field={target} />}
            </td>
        </tr>
    );
}

/** What was settled about the column's values, to be taken back one by one. */
function Settled({ plan, onChange, field }: { plan: ColumnPlan; onChange: Props["onChange"]; field: { kind: string; choices?: { value: string; label: string }[] } }) {
    if (field.kind !== "reference" && field.kind !== "choice") return null;
    const aliases = Object.entries(plan.aliases);
    const name = (value: string | null) => (value === null ? t("nothing") : field.choices?.find((one) => one.value === value)?.label ?? value);
    return (
        <>
            {plan.unmatched !== "error" && (
                <div className="import-policy small muted">
                    {t(plan.unmatched === "create" ? "create" : "leaveEmpty")}
                    <button type="button" className="button plain bar" onClick={() => onChange({ unmatched: "error" })}>{t("back")}</button>
                </div>
            )}
            {aliases.length > 0 && (
                <details className="import-settled small">
                    <summary>{t("settled", { count: aliases.length })}</summary>
                    <ul>
                        {aliases.map(([value, meant]) => (
                            <li key={value}>
                                <span className="truncate">{importTexts("quoted", { value })} → {name(meant)}</span>
                                <IconButton look="plain" bar icon={x} label={t("forget", { value })} onClick={() => onChange({ aliases: Object.fromEntries(aliases.filter(([other]) => other !== value)) })} />
                            </li>
                        ))}
                    </ul>
                </details>
            )}
        </>
    );
}
