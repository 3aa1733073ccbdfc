import type { HistoryChange, Moment } from "./moment";

const within = 10 * 60_000;

/**
 * Changes that one person made in one go (within ten minutes, nothing in between) become one moment: each field from what it was before the first to what it is after the last. Steps of the record on its way stay by themselves.
 */
export function gathered(moments: Moment[], isStep: (change: HistoryChange) => boolean): Moment[] {
    const all: Moment[] = [];
    for (const moment of moments) {
        const later = all[all.length - 1];
        if (later && isEdit(later, isStep) && isEdit(moment, isStep) && later.by?.id === moment.by?.id && Date.parse(later.at) - Date.parse(moment.at) <= within) {
            all[all.length - 1] = { ...later, changes: joined(moment.changes ?? [], later.changes ?? []) };
        } else all.push(moment);
    }
    return all;
}

const isEdit = (moment: Moment, isStep: (change: HistoryChange) => boolean) => moment.kind === "updated" && !!moment.changes && !moment.changes.some(isStep);

function joined(earlier: HistoryChange[], later: HistoryChange[]): HistoryChange[] {
    const byKey = new Map(earlier.map((one) => [one.field, one]));
    for (const change of later) {
        const first = byKey.get(change.field);
        byKey.set(change.field, first ? { ...change, from: first.from } : change);
    }
    const all = [...byKey.values()];
    const real = all.filter((one) => JSON.stringify(one.from) !== JSON.stringify(one.to));
    return real.length ? real : all;
}
