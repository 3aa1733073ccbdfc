import type { Row } from "../records/types";

/** The part of a column that is here: the ids in order, and where its next page begins. */
export interface Lane {
    ids: string[];
    next: string | null;
    state: "waiting" | "loading" | "ready" | "failed";
}

export type Lanes = Record<string, Lane>;
export type Compare = (one: Row, other: Row) => number;

export const emptyLane: Lane = { ids: [], next: null, state: "waiting" };

/** The column that shows the record. */
export const laneOf = (lanes: Lanes, id: string): string | undefined => Object.keys(lanes).find((key) => lanes[key]?.ids.includes(id));

/** A page added at the end of a column; what stands on the board already is not shown twice. */
export function appended(lanes: Lanes, key: string, ids: string[], next: string | null): Lanes {
    const lane = lanes[key] ?? emptyLane;
    const known = new Set(Object.values(lanes).flatMap((one) => one.ids));
    return { ...lanes, [key]: { ids: [...lane.ids, ...ids.filter((id) => !known.has(id))], next, state: "ready" } };
}

/** A column as it was read anew: what stands there now stands nowhere else. */
export function reread(lanes: Lanes, key: string, ids: string[], next: string | null): Lanes {
    const here = new Set(ids);
    const others = Object.entries(lanes).map(([name, lane]): [string, Lane] => [name, lane.ids.some((id) => here.has(id)) ? { ...lane, ids: lane.ids.filter((id) => !here.has(id)) } : lane]);
    return { ...Object.fromEntries(others), [key]: { ids, next, state: "ready" } };
}

export function removed(lanes: Lanes, id: string): Lanes {
    const key = laneOf(lanes, id);
    const lane = key === undefined ? undefined : lanes[key];
    if (key === undefined || !lane) return lanes;
    return { ...lanes, [key]: { ...lane, ids: lane.ids.filter((one) => one !== id) } };
}

/** The record at that place of the column, and nowhere else. */
export function placed(lanes: Lanes, id: string, key: string, index: number): Lanes {
    const without = removed(lanes, id);
    const lane = without[key];
    if (!lane) return without;
    return { ...without, [key]: { ...lane, ids: [...lane.ids.slice(0, index), id, ...lane.ids.slice(index)] } };
}

/** The order of the list: the fields of `sort` (`-amount,title`), absent values last, newest first among equals. */
export function compareBy(sort: string): Compare {
    const fields = sort.split(",").filter(Boolean).map((one) => ({ key: one.replace(/^-/, ""), down: one.startsWith("-") }));
    return (one, other) => {
        for (const { key, down } of fields) {
            const [left, right] = [one[key] ?? null, other[key] ?? null];
            if (left === right) continue;
            if (left === null) return 1;
            if (right === null) return -1;
            const order = typeof left === "number" && typeof right === "number" ? left - right : String(left).localeCompare(String(right));
            if (order !== 0) return down ? -order : order;
        }
        const down = fields[0]?.down ?? true;
        const order = one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
        return down ? -order : order;
    };
}

/** Where a record belongs among those of a column. Behind the last one that is here it may belong further down: then `null` where more follows. */
export function placeOf(lane: Lane, row: Row, compare: Compare, get: (id: string) => Row | undefined): number | null {
    const ids = lane.ids.filter((id) => id !== row.id);
    const index = ids.findIndex((id) => {
        const other = get(id);
        return !!other && compare(row, other) < 0;
    });
    if (index >= 0) return index;
    return lane.next === null ? ids.length : null;
}
