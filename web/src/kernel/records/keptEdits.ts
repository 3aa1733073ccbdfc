import type { Row, Value } from "./types";

/** An edit of a record, or a new record, that the server does not have yet. */
export interface KeptEdit {
    /** The record's. */
    id: string;
    entity: string;
    /** The record itself is not there yet: `set` makes it. */
    isNew?: true;
    /** What stood there when the person began: only what the edit touches, and the version. */
    before: Row;
    set: Record<string, Value>;
    /** The records that the new references name. */
    included?: Record<string, Row | null>;
    /** How the record is called. */
    label: string;
    at: string;
    /** Why the server refused it. */
    fault?: string;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** The edits with one more: those of one record are one, made on what stood there first; what is as it was is no edit. */
export function mergeEdit(edits: KeptEdit[], next: Omit<KeptEdit, "id">): KeptEdit[] {
    const { id, type, version } = next.before;
    const known = edits.find((one) => one.id === id);
    const before: Row = { id, type, version, ...(known ? known.before : {}) };
    for (const key of Object.keys(next.set)) if (!(key in before)) before[key] = next.before[key] ?? null;
    const set = Object.fromEntries(Object.entries({ ...(known?.set ?? {}), ...next.set }).filter(([key, value]) => !same(before[key], value)));
    const merged: KeptEdit = { id, entity: next.entity, before, set, included: { ...(known?.included ?? {}), ...(next.included ?? {}) }, label: next.label, at: known?.at ?? next.at };
    const others = (one: KeptEdit) => (one === known ? merged : one);
    const all = known ? edits.map(others) : [...edits, merged];
    return all.filter((one) => Object.keys(one.set).length > 0);
}

/** The new records among them that refer to a record. */
export const newAbout = (edits: KeptEdit[], id: string): KeptEdit[] => edits.filter((one) => one.isNew && Object.values(one.set).includes(id));
