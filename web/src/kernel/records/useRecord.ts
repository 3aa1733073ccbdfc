import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { api } from "../api/client";
import { Problem } from "../api/problem";
import { includes } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { records } from "./cache";
import type { Row } from "./types";

/** The record as the person sees it now, or undefined where it is not here. */
export function useCached(id: string | null | undefined): Row | undefined {
    const subscribe = useCallback((listener: () => void) => (id ? records.subscribe(id, listener) : () => undefined), [id]);
    return useSyncExternalStore(subscribe, () => (id ? records.get(id) : undefined));
}

/** Fetches a record with all that it refers to. */
export async function fetchRecord(entity: EntityMeta, id: string, signal?: AbortSignal): Promise<Row> {
    const include = includes(entity, entity.fields.map((one) => one.key));
    return records.put(await api.get<Row>(`/${entity.path}/${id}`, { include }, signal));
}

/** A record by id: what is here at once, what the server has as soon as it comes. `problem` says why there is none. */
export function useRecord(entity: EntityMeta, id: string) {
    const row = useCached(id);
    const [problem, setProblem] = useState<Problem | null>(null);
    const [round, setRound] = useState(0);
    useEffect(() => {
        const ending = new AbortController();
        setProblem(null);
        fetchRecord(entity, id, ending.signal).catch((error: unknown) => {
            if (error instanceof Problem) setProblem(error);
        });
        return () => ending.abort();
    }, [entity, id, round]);
    return { row, problem, reload: useCallback(() => setRound((one) => one + 1), []) };
}
