import { api } from "../api/client";
import { explain, Problem } from "../api/problem";
import type { EntityMeta } from "../meta/types";
import { toast } from "../../design/Toast";
import { texts } from "../../app/language";
import { refuseUnread } from "../fields/unread";
import { includes } from "../meta/meta";
import { records } from "./cache";
import type { Row, Value } from "./types";
import { labelOf } from "../meta/label";
import { canWait, hasKeptEdit, keepEdit } from "./outbox";
import { offerUndo } from "./undo";

const t = texts({
    it: { saved: "{label}: modifica salvata", kept: "{label}: la modifica parte appena si può", deleted: "«{name}» è nel cestino", restored: "«{name}» è di nuovo al suo posto" },
    en: { saved: "{label} changed", kept: "{label}: the change is sent as soon as it can be", deleted: "“{name}” is in the bin", restored: "“{name}” is back" },
});

/** Someone saved the same fields first. The one who edits decides field by field (`ConflictDialog`). */
export interface Conflict {
    entity: EntityMeta;
    current: Row;
    /** What the person wanted, only the fields that collide. */
    mine: Record<string, Value>;
    /** What stood there when the person began. */
    before: Row;
}

let onConflict: (conflict: Conflict) => void = () => undefined;

/** Where conflicts are shown. */
export function showConflictsIn(show: (conflict: Conflict) => void) {
    onConflict = show;
}

interface ChangeOptions {
    /** What is said in the toast that offers to take it back; `false`: none. */
    message?: string | false;
    /** What stood on the screen when the person began to edit; the cache's record otherwise. */
    before?: Row;
    /** The records that the new references name, so that they are shown at once: `{ stage: row }`. */
    included?: Record<string, Row | null>;
}

/**
 * Changes fields of a record: seen at once, sent with `If-Match`, taken back if the server refuses, with undo.
 *
 * Where someone has saved in between, what does not collide is sent again; what does is shown as a conflict. Throws the `Problem` of a refusal, after having put the record back.
 */
export async function changeRecord(entity: EntityMeta, row: Row, set: Record<string, Value>, options: ChangeOptions = {}): Promise<Row> {
    refuseUnread(entity, set);
    const before = options.before ?? records.saved(row.id) ?? row;
    if (hasKeptEdit(row.id)) return keep(entity, before, set, options);
    const takeOff = records.lay(row.id, { ...set, ...(options.included ?? {}) } as Partial<Row>);
    try {
        const answer = await patch(entity, before, set);
        takeOff();
        if (!answer) return records.get(row.id) ?? row;
        if (options.message !== false) offerChangeUndo(entity, answer, before, set, options.message);
        return answer;
    } catch (error) {
        // Without a connection, or with the session ended or elsewhere, what was typed stays and is sent later.
        if (error instanceof Problem && canWait(error)) {
            const kept = keep(entity, before, set, options);
            takeOff();
            return kept;
        }
        takeOff();
        throw error;
    }
}

function keep(entity: EntityMeta, before: Row, set: Record<string, Value>, options: ChangeOptions): Row {
    keepEdit(entity, before, set, labelOf(records.get(before.id) ?? before, entity), options.included);
    if (options.message !== false) offerChangeUndo(entity, before, before, set, t("kept", { label: changedLabel(entity, set) }));
    return records.get(before.id) ?? before;
}

/** Sends an edit that was kept. Conflicts are shown as ever; throws the `Problem` of a refusal. */
export const sendEdit = (entity: EntityMeta, before: Row, set: Record<string, Value>): Promise<Row | null> => patch(entity, before, set);

const changedLabel = (entity: EntityMeta, set: Record<string, Value>): string => {
    const key = Object.keys(set).find((one) => !one.endsWith("_currency"));
    return entity.fields.find((one) => one.key === key)?.label ?? entity.label.one;
};

async function patch(entity: EntityMeta, before: Row, set: Record<string, Value>): Promise<Row | null> {
    try {
        return await sendPatch(entity, before.id, before.version, set);
    } catch (error) {
        if (!(error instanceof Problem) || error.status !== 412) throw error;
        // As it is saved, without the change that lies over it on the screen.
        const answered = error.body["current"] as Row;
        records.put(answered);
        const current = records.saved(answered.id) ?? answered;
        const changed = new Set((error.body["changed"] as string[] | undefined) ?? []);
        const collides = Object.keys(set).filter((key) => changed.has(key) && !same(current[key], set[key]));
        if (collides.length) {
            const mine = Object.fromEntries(collides.map((key) => [key, set[key] as Value]));
            onConflict({ entity, current, mine, before });
        }
        const rest = Object.fromEntries(Object.entries(set).filter(([key]) => !collides.includes(key)));
        return Object.keys(rest).length ? await sendPatch(entity, current.id, current.version, rest) : null;
    }
}

async function sendPatch(entity: EntityMeta, id: string, version: number, set: Record<string, Value>): Promise<Row> {
    const include = includes(entity, Object.keys(set));
    const row = await api.patch<Row>(`/${entity.path}/${id}`, set, { headers: { "If-Match": `"${version}"` } });
    if (!include) return records.put(row);
    return records.put(await api.get<Row>(`/${entity.path}/${id}`, { include }));
}

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

function offerChangeUndo(entity: EntityMeta, answer: Row, before: Row, set: Record<string, Value>, message?: string) {
    const former = Object.fromEntries(Object.keys(set).map((key) => [key, (before[key] ?? null) as Value]));
    offerUndo(message ?? t("saved", { label: changedLabel(entity, set) }), async () => {
        const writable = Object.fromEntries(Object.entries(former).filter(([key]) => entity.fields.find((one) => one.key === key)?.writable !== false));
        await changeRecord(entity, records.get(answer.id) ?? answer, writable, { message: false });
    });
}

/** Puts a record in the bin; the toast takes it out again. */
export async function deleteRecord(entity: EntityMeta, row: Row, name: string): Promise<void> {
    await api.delete(`/${entity.path}/${row.id}`);
    records.remove(row.id);
    if (!entity.operations.includes("restore")) {
        toast({ text: t("deleted", { name }) });
        return;
    }
    offerUndo(t("deleted", { name }), async () => {
        records.put(await api.post<Row>(`/${entity.path}/${row.id}/restore`));
        toast({ text: t("restored", { name }) });
    });
}

/** Says why something was refused. */
export function toastProblem(error: unknown) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    toast({ text: explain(error), kind: "danger" });
}
