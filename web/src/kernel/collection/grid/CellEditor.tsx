import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Combobox, type Option } from "../../../design/Combobox";
import { texts } from "../../../app/language";
import { FieldInput, type Edit } from "../../fields/FieldInput";
import { included } from "../../fields/FieldValue";
import type { EntityMeta, FieldMeta } from "../../meta/types";
import type { Row, Value } from "../../records/types";

const words = texts({ it: { yes: "Sì", no: "No" }, en: { yes: "Yes", no: "No" } });

export type Leave = "stay" | "next" | "previous";

/** A cell that is being edited. */
export interface Editing {
    row: number;
    column: number;
    /** What was typed before and refused, and why. */
    kept: { edit: Edit; fault: string } | null;
    save: (edit: Edit | null, leave: Leave) => void;
    cancel: () => void;
}

interface Props {
    entity: EntityMeta;
    field: FieldMeta;
    row: Row;
    editing: Editing;
}

/** The editor that stands in a cell. Enter saves, Tab saves and goes on, Esc leaves it as it was, a press elsewhere saves. */
export function CellEditor({ entity, field, row, editing }: Props) {
    const box = useRef<HTMLDivElement>(null);
    const [edit, setEdit] = useState<Edit | null>(editing.kept?.edit ?? null);
    const latest = useRef(edit);
    latest.current = edit;
    const isDone = useRef(false);
    const finish = useCallback((leave: Leave, given?: Edit) => {
        if (isDone.current) return;
        isDone.current = true;
        editing.save(given ?? latest.current, leave);
    }, [editing]);
    const cancel = useCallback(() => {
        if (isDone.current) return;
        isDone.current = true;
        editing.cancel();
    }, [editing]);
    useEffect(() => {
        box.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
        const press = (event: PointerEvent) => {
            const target = event.target as Element;
            if (!box.current?.contains(target) && !target.closest(".floating")) finish("stay");
        };
        document.addEventListener("pointerdown", press, true);
        return () => document.removeEventListener("pointerdown", press, true);
    }, [finish]);
    const key = (event: KeyboardEvent) => {
        event.stopPropagation();
        if (event.key === "Escape") cancel();
        else if (event.key === "Tab") finish(event.shiftKey ? "previous" : "next");
        else if (event.key === "Enter" && !event.defaultPrevented && (field.kind !== "long_text" || event.ctrlKey || event.metaKey)) finish("stay");
        else return;
        event.preventDefault();
    };
    const value = edit && field.key in edit.set ? edit.set[field.key] ?? null : ((row[field.key] ?? null) as Value);
    const fault = editing.kept?.fault;
    const faultId = `fault-${row.id}-${field.key}`;
    const described = fault ? { "aria-invalid": true, "aria-describedby": faultId } : {};
    const isList = field.kind === "choice" || field.kind === "boolean";
    const among = field.key === "stage_id" && typeof row["pipeline_id"] === "string" ? { among: { pipeline_id: row["pipeline_id"] } } : {};
    const large = field.kind === "long_text" || field.kind === "address";
    return (
        <div ref={box} className={large ? "cell-editor large" : "cell-editor"} onKeyDown={key} data-entity={entity.name}>
            {isList ? <ListInput field={field} value={value} onChoose={(next) => finish("stay", { set: { [field.key]: next } })} onClose={cancel} {...described} />
                : (
                    <FieldInput
                        field={field}
                        value={value}
                        currency={(edit?.set[`${field.key}_currency`] ?? row[`${field.key}_currency`] ?? null) as string | null}
                        target={field.kind === "reference" ? included(row, field) : null}
                        onEdit={(next) => (field.kind === "reference" ? finish("stay", next) : setEdit(next))}
                        label={field.label}
                        startOpen
                        onClose={cancel}
                        {...among}
                        {...described}
                    />
                )}
            {fault && <div className="cell-fault" id={faultId} role="alert">{fault}</div>}
        </div>
    );
}

/** One of few values, shown at once. */
function ListInput({ field, value, onChoose, onClose, ...rest }: { field: FieldMeta; value: Value; onChoose: (value: Value) => void; onClose: () => void; "aria-invalid"?: boolean; "aria-describedby"?: string }) {
    const options: Option[] = field.kind === "boolean"
        ? [{ value: "true", label: words("yes") }, { value: "false", label: words("no") }]
        : (field.choices ?? []).map((choice) => ({ value: choice.value, label: choice.label }));
    const all = field.rules.required ? options : [...options, { value: "", label: "—" }];
    const find = useCallback((text: string) => all.filter((one) => one.label.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase())), [field]);
    const choose = (option: Option | null) => onChoose(!option || option.value === "" ? null : field.kind === "boolean" ? option.value === "true" : option.value);
    const chosen = options.find((one) => one.value === String(value)) ?? null;
    return <Combobox value={chosen} find={find} onChange={choose} onClose={onClose} startOpen label={field.label} {...rest} />;
}
