import { useEffect, useState } from "react";
import { Field } from "../../design/Field";
import { api } from "../api/client";
import type { Problem } from "../api/problem";
import { currencyOf } from "../fields/currencies";
import { FieldInput, type Edit } from "../fields/FieldInput";
import { useMeta } from "../meta/meta";
import type { EntityMeta, FieldMeta } from "../meta/types";
import { records } from "../records/cache";
import type { Row, Value } from "../records/types";
import { amongFor } from "./formFields";

interface Props {
    entity: EntityMeta;
    field: FieldMeta;
    values: Record<string, Value>;
    /** Records that references name, by the name of their `include`. */
    included: Record<string, Row | null>;
    problem: Problem | null;
    onEdit: (fieldKey: string) => (edit: Edit) => void;
}

/** One field of a form, with its label and what the server says is wrong. */
export function CreateField({ entity, field, values, included, problem, onEdit }: Props) {
    const meta = useMeta();
    const target = useTarget(field, values[field.key] ?? null, included);
    const among = field.reference ? amongFor(meta.entity(field.reference.entity), field, values) : undefined;
    const isWide = field.kind === "long_text" || field.kind === "address" || field.kind === "time_windows" || (["title", "name", "subject"].includes(field.key) && !entity.fields.some((one) => one.key === "last_name"));
    const currencyField = currencyOf(entity, field);
    const fault = problem?.fault(field.key) ?? problem?.fault(`${field.key}_currency`) ?? problem?.errors.find((one) => one.field.startsWith(`${field.key}.`))?.message;
    return (
        <div className={isWide ? "wide" : ""} data-field={field.key}>
            <Field label={field.label} required={field.rules.required} fault={fault}>
                <FieldInput
                    field={field}
                    value={values[field.key] ?? null}
                    currency={(values[`${field.key}_currency`] as string | null | undefined) ?? null}
                    {...(currencyField ? { currencyField } : {})}
                    target={target}
                    onEdit={onEdit(field.key)}
                    {...(among ? { among } : {})}
                />
            </Field>
        </div>
    );
}

/** The record that a reference names: from what was chosen, from what is here, else from the server. */
function useTarget(field: FieldMeta, id: Value, included: Record<string, Row | null>): Row | null {
    const meta = useMeta();
    const path = field.reference ? meta.entity(field.reference.entity)?.path : undefined;
    const here = field.reference?.include ? included[field.reference.include] : undefined;
    const known = typeof id !== "string" ? null : here?.id === id ? here : records.get(id) ?? null;
    const [fetched, setFetched] = useState<Row | null>(null);
    const wanted = typeof id === "string" && !known && path ? `/${path}/${id}` : null;
    useEffect(() => {
        if (!wanted) return;
        const ending = new AbortController();
        api.get<Row>(wanted, undefined, ending.signal).then((row) => setFetched(records.put(row))).catch(() => undefined);
        return () => ending.abort();
    }, [wanted]);
    return known ?? (fetched?.id === id ? fetched : null);
}
