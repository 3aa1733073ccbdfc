import type { EntityMeta, FieldMeta } from "../../meta/types";
import type { Row, Value } from "../../records/types";
import type { HistoryChange } from "./moment";

/** A change that a person can read: the field with what it was and what it is, each as a record that has just that. */
export interface ReadableChange {
    key: string;
    label: string;
    /** Undefined for a field that is no more. */
    field: FieldMeta | undefined;
    from: Row;
    to: Row;
    isEmptyBefore: boolean;
    isEmptyAfter: boolean;
}

const isEmpty = (value: Value | undefined) => value === null || value === undefined || value === "";

/**
 * Drops what nobody changed by hand (what the server works out, versions) and puts a currency with its amount.
 */
export function readableChanges(entity: EntityMeta, changes: HistoryChange[]): ReadableChange[] {
    const byKey = new Map(changes.map((one) => [one.field, one]));
    const readable: ReadableChange[] = [];
    for (const change of changes) {
        const field = entity.fields.find((one) => one.key === change.field);
        if (field && (field.standard || field.rules.read_only) && field.kind !== "reference") continue;
        if (change.field.endsWith("_currency") && byKey.has(change.field.replace(/_currency$/, ""))) continue;
        const currency = byKey.get(`${change.field}_currency`);
        const half = (value: Value, money: Value | undefined): Row => ({ id: "", type: entity.name, version: 0, [change.field]: value, ...(money === undefined ? {} : { [`${change.field}_currency`]: money }) });
        readable.push({
            key: change.field,
            label: field?.label ?? change.label,
            field,
            from: half(change.from, currency?.from),
            to: half(change.to, currency?.to),
            isEmptyBefore: isEmpty(change.from),
            isEmptyAfter: isEmpty(change.to),
        });
    }
    return readable;
}

/** How long a record was in the state that it left with this change, in seconds, where the history says since when. */
export function secondsInState(changes: HistoryChange[]): number | null {
    const since = changes.find((one) => one.field.endsWith("_since"));
    if (typeof since?.from !== "string" || typeof since.to !== "string") return null;
    return Math.max(0, (Date.parse(since.to) - Date.parse(since.from)) / 1000);
}
