import { useSyncExternalStore } from "react";
import { explain, Problem } from "../api/problem";
import type { MetaIndex } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { isLive, onLive } from "../stream/stream";
import { records } from "./cache";
import { mergeEdit, type KeptEdit } from "./keptEdits";
import type { Row, Value } from "./types";

/** How what is kept is sent: an edit of what stood there, a new record under its id. */
interface Send {
    edit: (entity: EntityMeta, before: Row, set: Record<string, Value>) => Promise<unknown>;
    create: (entity: EntityMeta, id: string, set: Record<string, Value>) => Promise<unknown>;
}

/** Whose edits are kept here, and how they are sent; none before an organization is open. */
let open: { key: string; meta: MetaIndex; send: Send } | null = null;
let edits: KeptEdit[] = [];
let sending = false;
const laid = new Map<string, () => void>();
const listeners = new Set<() => void>();

/** Edits that could not be sent yet, or were refused, the first one first. */
export const useKeptEdits = (): KeptEdit[] => useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
}, () => edits);

export const keptEdits = (): KeptEdit[] => edits;

function read(key: string): KeptEdit[] {
    try {
        const kept = JSON.parse(localStorage.getItem(key) ?? "[]") as unknown;
        return Array.isArray(kept) ? (kept as KeptEdit[]) : [];
    } catch {
        return [];
    }
}

/** Shows these edits over their records, and keeps them. */
function set(next: KeptEdit[], isOwn = true) {
    edits = next;
    const former = [...laid.values()];
    laid.clear();
    for (const edit of edits) if (!edit.isNew) laid.set(edit.id, records.lay(edit.id, { ...edit.set, ...(edit.included ?? {}) } as Partial<Row>));
    former.forEach((takeOff) => takeOff());
    if (isOwn && open) {
        try {
            if (edits.length) localStorage.setItem(open.key, JSON.stringify(edits));
            else localStorage.removeItem(open.key);
        } catch {
            // A browser that keeps nothing keeps them for as long as the page is open.
        }
    }
    listeners.forEach((listener) => listener());
}

/** Whether the same edit can be sent later: nothing is wrong with it. */
export const canWait = (problem: Problem): boolean => problem.isOffline || problem.status === 401 || problem.code === "organization_mismatch";

export const hasKeptEdit = (id: string): boolean => edits.some((one) => one.id === id);

/** Keeps an edit until it can be sent; with those of the same record it becomes one. */
export function keepEdit(entity: EntityMeta, before: Row, change: Record<string, Value>, label: string, included: Record<string, Row | null> = {}) {
    set(mergeEdit(edits, { entity: entity.name, before, set: change, included, label, at: new Date().toISOString() }));
    if (isLive() && navigator.onLine) void sendKept();
}

/** Keeps a new record, under the id that it will have, until it can be sent. */
export function keepCreation(entity: EntityMeta, id: string, values: Record<string, Value>, label: string) {
    const before: Row = { id, type: entity.name, version: 0 };
    set([...edits.filter((one) => one.id !== id), { id, entity: entity.name, isNew: true, before, set: values, label, at: new Date().toISOString() }]);
    if (isLive() && navigator.onLine) void sendKept();
}

/** Gives an edit up: the record shows again what the server has. */
export function dropEdit(id: string) {
    set(edits.filter((one) => one.id !== id));
}

/**
 * Sends what is kept, one after the other, in one tab at a time. What the server refuses stays, with the reason, and is sent only when asked (`again`).
 *
 * Gives how many were sent.
 */
export async function sendKept(again = false): Promise<number> {
    if (!open || sending || !edits.length) return 0;
    const { key, send } = open;
    sending = true;
    let sent = 0;
    const run = async () => {
        for (const { id } of read(key)) {
            const edit = edits.find((one) => one.id === id);
            const entity = edit && open?.meta.entity(edit.entity);
            if (!edit || !entity || open?.key !== key || (edit.fault && !again)) continue;
            try {
                await (edit.isNew ? send.create(entity, id, edit.set) : send.edit(entity, edit.before, edit.set));
                // What was typed while it was on its way stays, and goes with the next round.
                const now = edits.find((one) => one.id === id);
                if (now === edit) set(edits.filter((one) => one !== edit));
                sent += 1;
            } catch (error) {
                if (error instanceof Problem && (canWait(error) || error.status >= 500)) return;
                set(edits.map((one) => (one.id === id ? { ...one, fault: explain(error) } : one)));
            }
        }
    };
    try {
        await (navigator.locks ? navigator.locks.request("stratikey-outbox", run) : run());
    } finally {
        sending = false;
    }
    return sent;
}

/** Takes up the edits that this person left in this browser, and sends them as soon as the server can be reached. Gives what ends it. */
export function openOutbox(key: string, meta: MetaIndex, send: Send, onSent: (count: number) => void): () => void {
    open = { key: `stratikey-outbox-${key}`, meta, send };
    set(read(open.key), false);
    const attempt = () => {
        if (isLive() && navigator.onLine) void sendKept().then((count) => count && onSent(count));
    };
    const other = (event: StorageEvent) => {
        if (open && event.key === open.key) set(read(open.key), false);
    };
    attempt();
    const timer = setInterval(attempt, 20_000);
    const endLive = onLive(attempt);
    window.addEventListener("online", attempt);
    window.addEventListener("storage", other);
    window.addEventListener("stratikey-signed-in", attempt);
    return () => {
        clearInterval(timer);
        endLive();
        window.removeEventListener("online", attempt);
        window.removeEventListener("storage", other);
        window.removeEventListener("stratikey-signed-in", attempt);
        open = null;
        set([], false);
    };
}
