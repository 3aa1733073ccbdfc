import type { Row } from "./types";

type Listener = () => void;

/**
 * The records that screens show, one of each, so that a change is seen wherever the record stands.
 *
 * Unsaved changes lie over a record until the server has answered: `get` gives the record as the person sees it.
 */
class RecordCache {
    private readonly rows = new Map<string, Row>();
    private readonly pending = new Map<string, { key: number; set: Partial<Row> }[]>();
    private readonly shown = new Map<string, Row>();
    private readonly listeners = new Map<string, Set<Listener>>();
    private readonly anyListeners = new Set<(id: string) => void>();
    private nextKey = 1;

    get(id: string): Row | undefined {
        return this.shown.get(id);
    }

    /** The record as the server knows it. */
    saved(id: string): Row | undefined {
        return this.rows.get(id);
    }

    /** Takes what the server gave; an older version than the one here changes nothing. */
    put(row: Row): Row {
        const known = this.rows.get(row.id);
        if (known && known.version > row.version) return this.shown.get(row.id) ?? known;
        const merged = known && known.version === row.version ? { ...known, ...row } : carryIncluded(known, row);
        this.rows.set(row.id, merged);
        for (const value of Object.values(row)) {
            if (isRow(value)) this.put(value);
        }
        this.refresh(row.id);
        return this.shown.get(row.id) ?? merged;
    }

    remove(id: string) {
        this.rows.delete(id);
        this.pending.delete(id);
        this.refresh(id);
    }

    /** Lays an unsaved change over the record; the answer takes it off again. */
    lay(id: string, set: Partial<Row>): () => void {
        const key = this.nextKey++;
        this.pending.set(id, [...(this.pending.get(id) ?? []), { key, set }]);
        this.refresh(id);
        return () => {
            const rest = (this.pending.get(id) ?? []).filter((one) => one.key !== key);
            if (rest.length) this.pending.set(id, rest);
            else this.pending.delete(id);
            this.refresh(id);
        };
    }

    subscribe(id: string, listener: Listener): () => void {
        const set = this.listeners.get(id) ?? new Set();
        set.add(listener);
        this.listeners.set(id, set);
        return () => {
            set.delete(listener);
            if (!set.size) this.listeners.delete(id);
        };
    }

    /** Whether a screen shows it now. */
    isWatched(id: string): boolean {
        return this.listeners.has(id) || this.anyListeners.size > 0;
    }

    /** The records that a screen shows now. */
    watched(): Row[] {
        return [...this.listeners.keys()].map((id) => this.rows.get(id)).filter((row): row is Row => !!row);
    }

    /** Told of every record that changes here. */
    subscribeAny(listener: (id: string) => void): () => void {
        this.anyListeners.add(listener);
        return () => this.anyListeners.delete(listener);
    }

    clear() {
        this.rows.clear();
        this.pending.clear();
        this.shown.clear();
    }

    private refresh(id: string) {
        const row = this.rows.get(id);
        const pending = this.pending.get(id);
        if (!row) this.shown.delete(id);
        else this.shown.set(id, pending ? pending.reduce<Row>((all, one) => ({ ...all, ...one.set } as Row), row) : row);
        this.listeners.get(id)?.forEach((listener) => listener());
        this.anyListeners.forEach((listener) => listener(id));
    }
}

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null && !Array.isArray(value) && "id" in value && "version" in value;

/** A newer version may come without the records that it refers to: those that are still referred to stay. */
function carryIncluded(known: Row | undefined, row: Row): Row {
    if (!known) return row;
    const carried: Row = { ...row };
    for (const [key, value] of Object.entries(known)) {
        if (isRow(value) && !(key in row) && row[`${key}_id`] === value.id) carried[key] = value;
    }
    return carried;
}

export const records = new RecordCache();
