import { useEffect, useState } from "react";
import { api } from "../api/client";
import type { EntityMeta } from "../meta/types";
import type { Row } from "../records/types";

/** A change of a record, as `/history` tells it. */
export interface HistoryLine {
    at: string;
    changes: { field: string; from: unknown; to: unknown }[];
}

/**
 * The seconds that a record was in each of its states, by its history, newest first; in the one that it is in until `now`.
 * Where the history doesn't go back to the beginning (`since` is null), the oldest state's beginning isn't known, and that stay is left out.
 */
export function stateSeconds(history: HistoryLine[], key: string, since: string | null, now: number): Record<string, number> {
    const seconds: Record<string, number> = {};
    const moves = history.flatMap((line) => line.changes.filter((one) => one.field === key).map((one) => ({ at: Date.parse(line.at), from: one.from, to: one.to }))).reverse();
    const first = moves[0];
    let began = since === null ? null : Date.parse(since);
    let state: unknown = first?.from ?? null;
    const leave = (until: number) => {
        if (typeof state === "string" && began !== null) seconds[state] = (seconds[state] ?? 0) + Math.max(0, (until - began) / 1000);
    };
    for (const move of moves) {
        leave(move.at);
        state = move.to;
        began = move.at;
    }
    leave(now);
    return seconds;
}

/** How many changes are read; what lies further back is not counted. */
const most = 200;

/** The time that a record spent in each of its states; null until that is known, none where it can't be. */
export function useStateTimes(entity: EntityMeta, row: Row): Record<string, number> | null {
    const [seconds, setSeconds] = useState<Record<string, number> | null>(null);
    const key = entity.states && entity.operations.includes("history") ? entity.states.field : null;
    const since = typeof row["created_at"] === "string" ? row["created_at"] : null;
    useEffect(() => {
        if (!key) return;
        const ending = new AbortController();
        api.get<{ data: HistoryLine[]; page: { next: string | null } }>(`/${entity.path}/${row.id}/history`, { limit: most }, ending.signal)
            .then(({ data, page }) => setSeconds(stateSeconds(data, key, page.next === null ? since : null, Date.now())))
            .catch(() => !ending.signal.aborted && setSeconds((known) => known ?? {}));
        return () => ending.abort();
    }, [entity.path, key, row.id, row.version, since]);
    return key ? seconds : {};
}
