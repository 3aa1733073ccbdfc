import { useCallback, useState } from "react";
import { texts } from "../../../app/language";
import { explain, Problem } from "../../api/problem";
import type { Edit } from "../../fields/FieldInput";
import type { EntityMeta, FieldMeta } from "../../meta/types";
import { changeRecord } from "../../records/change";
import { needsReason, transitionRecord } from "../../records/transition";
import type { Row, Value } from "../../records/types";

const t = texts({ it: { reason: "Motivo" }, en: { reason: "Reason" } });

/** What was refused: the cell keeps what was typed, and says why. */
export interface Refusal {
    edit: Edit;
    fault: string;
}

/** What has to be said along with a change, such as the reason of a lost deal. */
export interface Missing {
    entity: EntityMeta;
    row: Row;
    label: string;
    give: (text: string) => void;
    leave: () => void;
}

type Refusals = Record<string, Record<string, Refusal>>;

/** Saves cells: seen at once, with undo; what the server refuses stays at its cell. */
export function useCellEdit(entity: EntityMeta) {
    const [refusals, setRefusals] = useState<Refusals>({});
    const [missing, setMissing] = useState<Missing | null>(null);
    const refuse = useCallback((id: string, key: string, refusal: Refusal | null) => {
        setRefusals((all) => {
            const { [key]: former, ...rest } = all[id] ?? {};
            if (!refusal && !former) return all;
            return { ...all, [id]: refusal ? { ...rest, [key]: refusal } : rest };
        });
    }, []);
    const save = useCallback(async (row: Row, field: FieldMeta, edit: Edit, reason?: string): Promise<void> => {
        if (isSame(row, edit.set)) return refuse(row.id, field.key, null);
        const ask = (label: string, goOn: (text: string) => Promise<void>) => setMissing({
            entity, row, label,
            give: (text) => {
                setMissing(null);
                void goOn(text);
            },
            leave: () => setMissing(null),
        });
        try {
            const state = entity.states?.field === field.key ? edit.set[field.key] : undefined;
            if (typeof state === "string") {
                if (needsReason(entity, state) && !reason) return ask(t("reason"), (text) => save(row, field, edit, text));
                await transitionRecord(entity, row, state, reason);
            } else {
                await changeRecord(entity, row, edit.set, edit.included ? { included: edit.included } : {});
            }
            refuse(row.id, field.key, null);
        } catch (error) {
            const wanted = wants(entity, error, edit);
            if (wanted) return ask(wanted.label, (text) => save(row, field, { ...edit, set: { ...edit.set, [wanted.key]: text } }));
            const own = error instanceof Problem ? error.fault(field.key) : undefined;
            refuse(row.id, field.key, { edit, fault: own ?? explain(error) });
        }
    }, [entity, refuse]);
    return { refusals, refuse, save, missing };
}

const isSame = (row: Row, set: Record<string, Value>) => Object.entries(set).every(([key, value]) => JSON.stringify(row[key] ?? null) === JSON.stringify(value));

/** The one text that is missing beside what was changed. */
function wants(entity: EntityMeta, error: unknown, edit: Edit): FieldMeta | null {
    if (!(error instanceof Problem) || error.status !== 422) return null;
    const fault = error.errors.find((one) => !(one.field in edit.set));
    const found = fault && entity.fields.find((one) => one.key === fault.field);
    return found && found.writable && ["text", "long_text"].includes(found.kind) ? found : null;
}
