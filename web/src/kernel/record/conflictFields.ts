import type { Conflict } from "../records/change";
import type { Row, Value } from "../records/types";
import type { ReadableChange } from "./timeline/changes";

/** One field on which two people disagree. */
export interface Disagreement {
    key: string;
    label: string;
    /** What the other one saved, and what it was before. */
    theirs: ReadableChange;
    /** What one wanted to save. */
    mine: ReadableChange;
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === "";

/** The fields of a conflict, a currency with its amount. */
export function disagreements({ entity, current, mine, before }: Conflict): Disagreement[] {
    const wanted = { ...current, ...mine } as Row;
    const keys = Object.keys(mine).filter((key) => !(key.endsWith("_currency") && key.replace(/_currency$/, "") in mine));
    return keys.map((key) => {
        const field = entity.fields.find((one) => one.key === key);
        const label = field?.label ?? key;
        const change = (from: Row, to: Row): ReadableChange => ({ key, label, field, from, to, isEmptyBefore: isEmpty(from[key]), isEmptyAfter: isEmpty(to[key]) });
        return { key, label, theirs: change(before, current), mine: change(before, wanted) };
    });
}

/** What to save: the fields for which one's own value was chosen, an amount with its currency. */
export function chosenMine(mine: Record<string, Value>, keys: ReadonlySet<string>): Record<string, Value> {
    return Object.fromEntries(Object.entries(mine).filter(([key]) => keys.has(key) || (key.endsWith("_currency") && keys.has(key.replace(/_currency$/, "")))));
}
