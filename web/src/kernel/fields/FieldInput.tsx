import { useCallback, useState, type KeyboardEvent } from "react";
import { Combobox, type Option } from "../../design/Combobox";
import { Avatar } from "../../design/Badge";
import { DateField } from "../../design/DateField";
import { DateTimeField } from "../../design/DateTimeField";
import { isLocalMinutes } from "../../design/dates";
import { texts } from "../../app/language";
import { isSetup } from "../../plugins/all";
import { api } from "../api/client";
import { nameValues } from "../create/formFields";
import { openCreate } from "../create/openCreate";
import { createTexts, lowered } from "../create/texts";
import * as format from "../format/format";
import { labelOf } from "../meta/label";
import { can, useMeta } from "../meta/meta";
import type { FieldMeta } from "../meta/types";
import type { Page, Row, Value } from "../records/types";
import { DecimalInput } from "./DecimalInput";
import { isPerson } from "./FieldValue";
import { MoneyInput } from "./MoneyInput";
import { TimeWindowsInput } from "./TimeWindowsInput";
import { windowsOf } from "./timeWindows";
import { isInstant } from "./unread";

const t = texts({ it: { none: "—", yes: "Sì", no: "No" }, en: { none: "—", yes: "Yes", no: "No" } });

/** What an editor of a field hands over: the value of its key, for money its currency too, and the record that a reference now names. */
export interface Edit {
    set: Record<string, Value>;
    included?: Record<string, Row | null>;
}

interface Props {
    field: FieldMeta;
    /** The value as the API has it. */
    value: Value;
    /** Of money. */
    currency?: string | null;
    /** The field that holds an amount's currency, where the person may choose it. */
    currencyField?: FieldMeta;
    /** The record that the reference names now. */
    target?: Row | null;
    onEdit: (edit: Edit) => void;
    /** Narrows what a reference can be: `{ pipeline_id: … }` for stages. */
    among?: Record<string, string>;
    autoFocus?: boolean;
    /** A reference's options are shown from the beginning, and what is to happen when they close. */
    startOpen?: boolean;
    onClose?: () => void;
    onKeyDown?: (event: KeyboardEvent) => void;
    id?: string;
    label?: string;
    "aria-invalid"?: boolean;
    "aria-describedby"?: string;
    "aria-required"?: boolean;
}

/** The editor of a field by its kind. It tells every change at once; whoever holds it decides when to save. */
export function FieldInput({ field, value, currency, currencyField, target, onEdit, among, label, startOpen, onClose, ...rest }: Props) {
    const set = (next: Value) => onEdit({ set: { [field.key]: next } });
    const common = { ...rest, ...(label ? { "aria-label": label } : {}) };
    switch (field.kind) {
        case "money": return <MoneyInput field={field} value={value as number | null} currency={currency ?? format.organizationCurrency()} {...(currencyField ? { currencyField } : {})} onEdit={onEdit} {...common} />;
        case "integer": return <NumberInput value={value as number | null} onChange={set} scale={1} {...common} />;
        case "percent": return <div className="with-unit"><NumberInput value={value as number | null} onChange={set} scale={100} {...common} /><span className="muted">%</span></div>;
        case "boolean": return (
            <select className="input" {...common} value={value === null ? "" : String(value)} onChange={(event) => set(event.target.value === "" ? null : event.target.value === "true")}>
                {!field.rules.required && <option value="">{t("none")}</option>}
                <option value="true">{t("yes")}</option>
                <option value="false">{t("no")}</option>
            </select>
        );
        case "choice": return (
            <select className="input" {...common} value={(value as string | null) ?? ""} onChange={(event) => set(event.target.value || null)}>
                {(!field.rules.required || value === null) && <option value="">{t("none")}</option>}
                {field.choices?.map((choice) => <option key={choice.value} value={choice.value}>{choice.label}</option>)}
            </select>
        );
        case "date": return <DateField {...common} required={field.rules.required} value={(value as string | null) ?? ""} onChange={(next) => set(next || null)} />;
        case "instant": return <InstantInput {...common} required={field.rules.required} value={value as string | null} onChange={set} />;
        case "long_text": return <textarea className="input" rows={3} {...common} maxLength={field.rules.max ?? undefined} value={(value as string | null) ?? ""} onChange={(event) => set(event.target.value || null)} />;
        case "reference": return <ReferenceInput field={field} target={target ?? null} onEdit={onEdit} {...(among ? { among } : {})} {...(startOpen ? { startOpen } : {})} {...(onClose ? { onClose } : {})} {...rest} {...(label ? { label } : {})} />;
        case "time_windows": return <TimeWindowsInput windows={windowsOf(value)} onChange={set} {...(rest.id ? { id: rest.id } : {})} {...(label ? { label } : {})} />;
        case "address": return <AddressInput value={value as Record<string, Value> | null} onChange={set} {...(rest.id ? { id: rest.id } : {})} />;
        default: {
            const type = { email: "email", phone: "tel", url: "url" }[field.kind as string] ?? "text";
            return <input type={type} className="input" {...common} maxLength={field.rules.max ?? undefined} value={(value as string | null) ?? ""} onChange={(event) => set(event.target.value || null)} />;
        }
    }
}

export type Control = Omit<Props, "field" | "value" | "onEdit" | "currency" | "currencyField" | "target" | "among" | "label" | "startOpen" | "onClose">;

function NumberInput({ value, onChange, scale, ...rest }: Control & { value: number | null; onChange: (value: number | null) => void; scale: number }) {
    const [text, setText] = useState(value === null || value === undefined ? "" : String(value / scale).replace(".", document.documentElement.lang === "it" ? "," : "."));
    return (
        <DecimalInput
            {...rest}
            text={text}
            onType={(typed) => {
                setText(typed);
                const parsed = format.parseNumber(typed);
                if (typed.trim() === "") onChange(null);
                else if (parsed !== null) onChange(Math.round(parsed * scale));
            }}
        />
    );
}

function InstantInput({ value, onChange, ...rest }: Control & { required: boolean; value: string | null; onChange: (value: string | null) => void }) {
    return <DateTimeField {...rest} value={value && isInstant(value) ? format.localMinutes(value) : value ?? ""} onChange={(next) => onChange(isLocalMinutes(next) ? format.fromLocalMinutes(next) : next || null)} />;
}

const addressParts = ["street", "postcode", "city", "province", "country"] as const;
const addressTexts = texts({
    it: { street: "Via e numero", postcode: "CAP", city: "Comune", province: "Provincia", country: "Paese" },
    en: { street: "Street", postcode: "Postcode", city: "City", province: "Province", country: "Country" },
});

function AddressInput({ value, onChange, id }: { value: Record<string, Value> | null; onChange: (value: Value) => void; id?: string }) {
    return (
        <div className="address-input">
            {addressParts.map((part, index) => (
                <input
                    key={part}
                    className={`input ${part}`}
                    {...(index === 0 && id ? { id } : {})}
                    aria-label={addressTexts(part)}
                    placeholder={addressTexts(part)}
                    value={(value?.[part] as string | undefined) ?? ""}
                    onChange={(event) => {
                        const next = { ...(value ?? {}), [part]: event.target.value };
                        if (!event.target.value) delete next[part];
                        onChange(Object.keys(next).length ? next : null);
                    }}
                />
            ))}
        </div>
    );
}

function ReferenceInput({ field, target, onEdit, among, ...rest }: Control & { field: FieldMeta; target: Row | null; onEdit: (edit: Edit) => void; among?: Record<string, string>; label?: string; startOpen?: boolean; onClose?: () => void }) {
    const meta = useMeta();
    const entity = field.reference ? meta.entity(field.reference.entity) : undefined;
    const person = isPerson(field);
    const find = useCallback(async (text: string, signal: AbortSignal): Promise<Option[]> => {
        if (!entity) return [];
        const page = await api.get<Page>(`/${entity.path}`, { limit: 20, ...(text.trim() && entity.searchable ? { q: text.trim() } : {}), ...(among ?? {}), ...(person ? { status: "active" } : {}), ...(entity.name === "sales.stage" ? { sort: "position" } : {}) }, signal);
        found.clear();
        return page.data.map((row) => {
            found.set(row.id, row);
            const label = labelOf(row, entity);
            return { value: row.id, label, ...(person ? { before: <Avatar name={label} /> } : {}) };
        });
    }, [entity, person, JSON.stringify(among ?? null)]);
    const [found] = useState(() => new Map<string, Row>());
    const include = field.reference?.include;
    const choose = (option: Option | null) => {
        const row = option ? found.get(option.value) ?? null : null;
        onEdit({ set: { [field.key]: option?.value ?? null }, ...(include ? { included: { [include]: row } } : {}) });
    };
    const value = target ? { value: target.id, label: labelOf(target, entity) } : null;
    const makes = entity && can(entity, "create") && field.writable && !person && !isSetup(entity.name) && entity.states === null;
    const create = makes && entity ? {
        label: (text: string) => createTexts("createNamed", { label: lowered(entity.label.one), text }),
        run: (text: string) => openCreate(entity.name, nameValues(entity, text), (row) => onEdit({ set: { [field.key]: row.id }, ...(include ? { included: { [include]: row } } : {}) })),
    } : undefined;
    return <Combobox value={value} onChange={choose} find={find} clearable={!field.rules.required} {...(create ? { create } : {})} {...rest} />;
}
