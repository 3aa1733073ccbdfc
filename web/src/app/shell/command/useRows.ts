import { useEffect, useReducer } from "react";
import { useMeta } from "../../../kernel/meta/meta";
import { records } from "../../../kernel/records/cache";
import { fetchRecords } from "../../../kernel/records/live";
import type { Row } from "../../../kernel/records/types";

const key = (type: string, id: string) => `${type} ${id}`;

/** The records of these names: those that are here at once, the others when they have come (one question for each entity). */
export function useRows(wanted: { type: string; id: string }[]): (id: string) => Row | undefined {
    const meta = useMeta();
    const [, again] = useReducer((round: number) => round + 1, 0);
    const all = wanted.map((one) => key(one.type, one.id)).join();
    useEffect(() => {
        const ending = new AbortController();
        const missing = new Map<string, string[]>();
        for (const one of all ? all.split(",") : []) {
            const [type = "", id = ""] = one.split(" ");
            if (!records.get(id)) missing.set(type, [...(missing.get(type) ?? []), id]);
        }
        for (const [type, ids] of missing) {
            const entity = meta.entity(type);
            if (entity) fetchRecords(entity, ids, ending.signal).then(again, () => undefined);
        }
        return () => ending.abort();
    }, [all, meta]);
    return (id) => records.get(id);
}
