import { texts } from "../../app/language";
import * as format from "../format/format";
import { useMeta } from "../meta/meta";
import type { EntityMeta, FieldMeta } from "../meta/types";
import { formatChoices, formatName, readAs } from "./dates";
import { addressParts, fillable, firstFormat, formatted, matchChoices, targetField, type ColumnPlan } from "./plan";
import type { FileColumn } from "./types";

const t = texts({
    it: {
        leave: "Non importare", proposed: "Proposto", data: "Dati", links: "Collegamenti", field: "Campo per {column}", by: "Come si cerca {field}", written: "Come è scritto {field}",
        per: "per {field}", id: "per identificativo", choose: "Scegli come è scritta", used: "{label} (già usato)", counted: "Unità di {field}", thousands: "migliaia", millions: "milioni",
        street: "Via", postcode: "CAP", city: "Comune", province: "Provincia", country: "Paese", latitude: "Latitudine", longitude: "Longitudine",
    },
    en: {
        leave: "Leave out", proposed: "Proposed", data: "Data", links: "Links", field: "Field for {column}", by: "How {field} is looked up", written: "How {field} is written",
        per: "by {field}", id: "by id", choose: "Choose how it is written", used: "{label} (in use)", counted: "Unit of {field}", thousands: "thousands", millions: "millions",
        street: "Street", postcode: "Postcode", city: "City", province: "Province", country: "Country", latitude: "Latitude", longitude: "Longitude",
    },
});

interface Props {
    entity: EntityMeta;
    column: FileColumn;
    plan: ColumnPlan;
    /** Targets of the other columns. */
    taken: Set<string>;
    onChange: (next: Partial<ColumnPlan>) => void;
    invalid: boolean;
    describedBy: string;
}

/** The field that a column fills, and how its texts are to be understood. */
export function ColumnTarget({ entity, column, plan, taken, onChange, invalid, describedBy }: Props) {
    const meta = useMeta();
    const target = targetField(entity, plan.target);
    const way = target && formatted(target, plan.target);
    const choose = (value: string) => {
        const next = targetField(entity, value || null);
        const proposal = column.proposal?.field === value ? column.proposal : null;
        onChange({ target: value || null, matchBy: next?.kind === "reference" ? proposal?.match_by ?? firstMatch(next)?.key ?? null : null, format: value ? firstFormat(entity, column, value) : null, multiplier: proposal?.multiplier ?? 1, aliases: { ...(proposal?.aliases ?? {}) }, unmatched: "error" });
    };
    const firstMatch = (one: FieldMeta) => matchChoices(one.reference ? meta.entity(one.reference.entity) : undefined)[0];
    const option = (value: string, label: string) => <option key={value} value={value} disabled={taken.has(value)}>{taken.has(value) ? t("used", { label }) : label}</option>;
    const fields = fillable(entity);
    const matches = target?.kind === "reference" ? matchChoices(target.reference ? meta.entity(target.reference.entity) : undefined) : [];
    const needsFormat = way === "date" || (way === "number" && (column.ambiguous || column.format !== null || plan.format !== null || column.kind === "text"));
    return (
        <div className="import-target">
            <select className="input" aria-label={t("field", { column: column.column })} aria-invalid={invalid || undefined} aria-describedby={describedBy} value={plan.target ?? ""} onChange={(event) => choose(event.target.value)}>
                <option value="">{t("leave")}</option>
                {column.proposal && targetField(entity, column.proposal.field) && <optgroup label={t("proposed")}>{option(column.proposal.field, targetLabel(entity, column.proposal.field))}</optgroup>}
                <optgroup label={t("data")}>{fields.filter((one) => one.kind !== "reference" && one.kind !== "address" && one.key !== column.proposal?.field).map((one) => option(one.key, one.label))}</optgroup>
                {fields.some((one) => one.kind === "reference") && <optgroup label={t("links")}>{fields.filter((one) => one.kind === "reference" && one.key !== column.proposal?.field).map((one) => option(one.key, one.label))}</optgroup>}
                {fields.filter((one) => one.kind === "address").map((one) => (
                    <optgroup key={one.key} label={one.label}>{addressParts.map((part) => `${one.key}.${part}`).filter((value) => value !== column.proposal?.field).map((value) => option(value, targetLabel(entity, value)))}</optgroup>
                ))}
            </select>
            {target?.kind === "reference" && (
                <select className="input" aria-label={t("by", { field: target.label })} value={plan.matchBy ?? ""} onChange={(event) => onChange({ matchBy: event.target.value || null })}>
                    {matches.map((one) => <option key={one.key} value={one.key}>{t("per", { field: one.label.toLowerCase() })}</option>)}
                    {plan.matchBy && plan.matchBy !== "id" && !matches.some((one) => one.key === plan.matchBy) && <option value={plan.matchBy}>{t("per", { field: plan.matchBy })}</option>}
                    <option value="id">{t("id")}</option>
                </select>
            )}
            {target && way && needsFormat && (
                <select className={way === "number" ? "input import-way" : "input"} data-format={column.column} aria-label={t("written", { field: target.label })} value={plan.format ?? (column.ambiguous ? "" : column.format ?? "")} onChange={(event) => onChange({ format: event.target.value || null })}>
                    {(column.ambiguous || !column.format) && <option value="">{t("choose")}</option>}
                    {formatChoices(way, column.format, column.ambiguous ? column.alternatives : []).map((one) => <option key={one} value={one}>{withExample(one, column)}</option>)}
                </select>
            )}
            {target?.kind === "money" && (
                <select className="input import-way" aria-label={t("counted", { field: target.label })} value={plan.multiplier} onChange={(event) => onChange({ multiplier: Number(event.target.value) })}>
                    <option value={1}>{format.organizationCurrency()}</option>
                    <option value={1_000}>{t("thousands")}</option>
                    <option value={1_000_000}>{t("millions")}</option>
                </select>
            )}
        </div>
    );
}

/** An ambiguous date shows what its first sample would say. */
function withExample(name: string, column: FileColumn): string {
    const read = column.ambiguous && column.samples[0] ? readAs(column.samples[0], name) : null;
    return read ? `${formatName(name)} → ${format.longDate(read)}` : formatName(name);
}

/** What a target is called: of an address the part with it. */
export function targetLabel(entity: EntityMeta, target: string): string {
    const part = target.split(".")[1];
    const label = targetField(entity, target)?.label ?? target;
    return part && addressParts.includes(part) ? `${label}: ${t(part as "street")}` : label;
}
