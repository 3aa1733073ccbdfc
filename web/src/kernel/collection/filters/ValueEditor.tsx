import { useState } from "react";
import { texts } from "../../../app/language";
import { DateField } from "../../../design/DateField";
import { isDay } from "../../../design/dates";
import * as format from "../../format/format";
import type { FieldMeta } from "../../meta/types";
import { PickList } from "../PickList";
import { teamReference, valueCount, type Clause } from "./clauses";
import { periods, periodText } from "./periods";
import { ReferenceList } from "./ReferenceList";
import { askText } from "./sentence";

const t = texts({ it: { low: "Da", high: "A", value: "Valore" }, en: { low: "From", high: "To", value: "Value" } });

interface Props {
    field: FieldMeta;
    clause: Clause;
    onChange: (values: string[]) => void;
    /** What is chosen from a list of one is the whole answer. */
    onDone: () => void;
}

/** The values of a filter, by the field's kind and by what is asked. */
export function ValueEditor({ field, clause, onChange, onDone }: Props) {
    const count = valueCount(clause.ask);
    if (count === 0) return null;
    if (clause.ask === "within") {
        return (
            <PickList
                label={field.label}
                options={periods.map((period) => ({ value: period, label: periodText(period) }))}
                checked={new Set(clause.values)}
                onPick={(period) => {
                    onChange([period]);
                    onDone();
                }}
            />
        );
    }
    if (clause.ask === "inTeam") {
        const chosen = (ids: string[]) => {
            onChange(ids.slice(-1));
            onDone();
        };
        return <ReferenceList field={{ ...field, reference: teamReference }} chosen={clause.values} onChange={chosen} />;
    }
    if (count === null && field.kind === "reference") return <ReferenceList field={field} chosen={clause.values} onChange={onChange} />;
    if (count === null && field.choices) {
        const toggle = (value: string) => onChange(clause.values.includes(value) ? clause.values.filter((one) => one !== value) : [...clause.values, value]);
        return <PickList label={field.label} options={field.choices} checked={new Set(clause.values)} onPick={toggle} isSearched={field.choices.length > 7} />;
    }
    if (clause.ask === "between") {
        return (
            <div className="filter-span">
                <div><span aria-hidden="true">{t("low")}</span><OneValue field={field} value={clause.values[0] ?? ""} onChange={(low) => onChange([low, clause.values[1] ?? ""])} label={t("low")} autoFocus /></div>
                <div><span aria-hidden="true">{t("high")}</span><OneValue field={field} value={clause.values[1] ?? ""} onChange={(high) => onChange([clause.values[0] ?? "", high])} label={t("high")} /></div>
            </div>
        );
    }
    return <OneValue field={field} value={count === null ? clause.values.join(", ") : clause.values[0] ?? ""} onChange={(value) => onChange(count === null ? value.split(",").map((one) => one.trim()).filter(Boolean) : [value])} label={`${field.label} ${askText(clause.ask)}`} autoFocus />;
}

/** One value as it is typed: amounts in whole units, dates from the calendar. */
function OneValue({ field, value, onChange, label, autoFocus }: { field: FieldMeta; value: string; onChange: (value: string) => void; label?: string; autoFocus?: boolean }) {
    const [text, setText] = useState(() => written(field, value));
    if (field.kind === "date" || field.kind === "instant") {
        return <DateField value={value.slice(0, 10)} onChange={(day) => (!day || isDay(day)) && onChange(day)} {...(label ? { "aria-label": label } : {})} {...(autoFocus ? { autoFocus } : {})} />;
    }
    const isCounted = ["money", "percent", "integer"].includes(field.kind);
    return (
        <span className="with-unit">
            <input
                className={isCounted ? "input number" : "input"}
                type="text"
                inputMode={isCounted ? "decimal" : undefined}
                aria-label={label}
                placeholder={t("value")}
                autoFocus={autoFocus}
                maxLength={200}
                value={text}
                onChange={(event) => {
                    setText(event.target.value);
                    const next = read(field, event.target.value);
                    if (next !== null) onChange(next);
                }}
            />
            {field.kind === "money" && <span className="muted">{format.organizationCurrency()}</span>}
            {field.kind === "percent" && <span className="muted">%</span>}
        </span>
    );
}

function written(field: FieldMeta, value: string): string {
    if (!value) return "";
    const plain = (number: number) => number.toLocaleString(document.documentElement.lang, { useGrouping: false, maximumFractionDigits: 4 });
    switch (field.kind) {
        case "money": return plain(Number(value) / 10 ** format.decimals(format.organizationCurrency()));
        case "percent": return plain(Number(value) / 100);
        default: return value;
    }
}

/** What was typed as the API has it; empty where nothing stands there, null where it can't be read. */
function read(field: FieldMeta, text: string): string | null {
    if (!text.trim()) return "";
    if (field.kind === "money") return asText(format.parseMoney(text, format.organizationCurrency()));
    if (field.kind === "percent" || field.kind === "integer") {
        const number = format.parseNumber(text);
        return number === null ? null : String(Math.round(number * (field.kind === "percent" ? 100 : 1)));
    }
    return text;
}

const asText = (number: number | null) => (number === null ? null : String(number));
