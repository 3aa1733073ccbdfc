import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from "react";
import { Problem, explain } from "../api/problem";
import { amongFor, isEditable } from "../create/formFields";
import { currencyOf } from "../fields/currencies";
import { FieldInput, type Edit } from "../fields/FieldInput";
import { FieldValue, included, textOf } from "../fields/FieldValue";
import { useMeta } from "../meta/meta";
import type { EntityMeta, FieldMeta } from "../meta/types";
import { changeRecord } from "../records/change";
import { records } from "../records/cache";
import type { Row, Value } from "../records/types";
import { useNamed } from "./named";
import { recordTexts as t } from "./texts";

interface Props {
    entity: EntityMeta;
    field: FieldMeta;
    row: Row;
    /** Someone else has just changed it. */
    isFresh: boolean;
}

/** One field of the details: read, and edited where it stands. Enter and leaving save, Esc puts back, choosing saves at once. */
export function DetailField({ entity, field, row, isFresh }: Props) {
    const meta = useMeta();
    const [draft, setDraft] = useState<{ before: Row; edit: Edit | null } | null>(null);
    const [fault, setFault] = useState<string | null>(null);
    const opener = useRef<HTMLButtonElement>(null);
    const box = useRef<HTMLDivElement>(null);
    const byKey = useRef(false);
    const editable = isEditable(field) && entity.operations.includes("update") && !field.rules.immutable;
    const isEditing = draft !== null;
    useEffect(() => {
        if (isEditing) openPicker(box.current);
    }, [isEditing]);
    const close = (back: boolean) => {
        setDraft(null);
        setFault(null);
        if (back) setTimeout(() => opener.current?.focus());
    };
    const save = async (edit: Edit | null, back: boolean) => {
        if (!draft) return;
        const changed = edit && Object.entries(edit.set).some(([key, value]) => !same(draft.before[key], value));
        if (!edit || !changed) return close(back);
        const { before } = draft;
        close(back);
        try {
            await changeRecord(entity, before, edit.set, { before: records.saved(row.id)?.version === before.version ? records.saved(row.id) ?? before : before, ...(edit.included ? { included: edit.included } : {}) });
        } catch (error) {
            setDraft({ before, edit });
            setFault(error instanceof Problem ? error.fault(field.key) ?? explain(error) : explain(error));
        }
    };
    const onEdit = (edit: Edit) => {
        setFault(null);
        const chooses = field.kind === "reference" || (["choice", "boolean", "date"].includes(field.kind) && !byKey.current);
        if (chooses) return void save(edit, true);
        setDraft((now) => (now ? { ...now, edit: { set: { ...now.edit?.set, ...edit.set }, included: { ...now.edit?.included, ...edit.included } } } : now));
    };
    const onKey = (event: KeyboardEvent) => {
        byKey.current = true;
        if (event.key === "Escape") {
            event.preventDefault();
            event.stopPropagation();
            close(true);
        } else if (event.key === "Enter" && !event.defaultPrevented && !(event.target instanceof HTMLButtonElement) && (field.kind !== "long_text" || event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void save(draft?.edit ?? null, true);
        }
    };
    const onBlur = (event: FocusEvent) => {
        const next = event.relatedTarget as Element | null;
        if (fault || box.current?.contains(next) || next?.closest(".floating")) return;
        void save(draft?.edit ?? null, false);
    };
    const named = useNamed(field.reference?.entity, field.kind === "reference" && !included(row, field) && typeof row[field.key] === "string" ? (row[field.key] as string) : null);
    if (!draft) {
        const read: Row = named ? { ...row, [field.reference?.include ?? field.key.replace(/_id$/, "")]: named } : row;
        const text = textOf(entity, field, read, meta);
        return (
            <div className={isFresh ? "detail fresh" : "detail"} data-field={field.key}>
                <dt>{field.label}</dt>
                <dd>
                    {editable && <button ref={opener} type="button" className="detail-open" aria-label={text ? t("editValue", { label: field.label, value: text }) : t("edit", { label: field.label })} onClick={() => setDraft({ before: records.saved(row.id) ?? row, edit: null })} />}
                    <span className="detail-value"><FieldValue entity={entity} field={field} row={read} linked /></span>
                </dd>
            </div>
        );
    }
    const shown: Row = { ...draft.before, ...(draft.edit?.set ?? {}) };
    const target = field.reference ? meta.entity(field.reference.entity) : undefined;
    const currencyField = currencyOf(entity, field);
    const among = field.reference ? amongFor(target, field, shown) : undefined;
    return (
        <div className={["long_text", "address", "time_windows"].includes(field.kind) ? "detail editing roomy" : "detail editing"} data-field={field.key}>
            <dt>{field.label}</dt>
            <dd ref={box} onBlur={onBlur} onKeyDown={onKey} onPointerDown={() => (byKey.current = false)}>
                <FieldInput
                    field={field}
                    label={field.label}
                    value={(shown[field.key] as Value | undefined) ?? null}
                    currency={(shown[`${field.key}_currency`] as string | null | undefined) ?? null}
                    {...(currencyField ? { currencyField } : {})}
                    target={included(draft.before, field)}
                    onEdit={onEdit}
                    autoFocus
                    {...(among ? { among } : {})}
                    {...(fault ? { "aria-invalid": true } : {})}
                />
                {fault && <span className="detail-fault" role="alert">{fault}</span>}
            </dd>
        </div>
    );
}

/** What can be chosen is shown at once. */
function openPicker(box: HTMLElement | null) {
    const control = box?.querySelector<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>("input, select, textarea");
    if (!control) return box?.querySelector("button")?.focus();
    control.focus();
    if (control.getAttribute("role") === "combobox") control.click();
    else if (control instanceof HTMLSelectElement) {
        try {
            (control as HTMLSelectElement & { showPicker?: () => void }).showPicker?.();
        } catch {
            return;
        }
    } else if (control instanceof HTMLInputElement) control.select();
}

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
