import { useEffect, useState } from "react";
import { api } from "../api/client";
import { whenIdle } from "../idle";
import { can, goesThroughStates, view } from "../meta/meta";
import type { EntityMeta, FieldMeta } from "../meta/types";
import { onChange } from "../stream/stream";

export interface Sum {
    currency: string;
    minor: number;
}

/** The money that a list of these records adds up: the first of its view's, else the first of all. Prices and yearly revenues add up to nothing: only what goes through states or stages does. */
export function mainMoney(entity: EntityMeta): FieldMeta | undefined {
    if (!goesThroughStates(entity)) return undefined;
    const money = entity.fields.filter((one) => one.kind === "money");
    const keys = view(entity, "list")?.fields ?? [];
    return money.find((one) => keys.includes(one.key)) ?? money[0];
}

/** Long enough for a burst of changes to be one question. */
const pause = 700;

/** The sums of a money field over all that a query shows, one for each currency, the largest count first; null as long as nobody knows. They are asked for when the rows stand there, which come first, and again when records have changed. */
export function useSums(entity: EntityMeta, field: FieldMeta | undefined, params: URLSearchParams, round: number, isWaiting: boolean): Sum[] | null {
    const [known, setKnown] = useState<{ text: string; sums: Sum[] } | null>(null);
    const [changes, setChanges] = useState(0);
    const text = params.toString();
    useEffect(() => {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const end = onChange((change) => {
            if (change.type !== entity.name) return;
            clearTimeout(timer);
            timer = setTimeout(() => setChanges((count) => count + 1), pause);
        });
        return () => {
            end();
            clearTimeout(timer);
        };
    }, [entity]);
    useEffect(() => {
        if (isWaiting || !field || !can(entity, "aggregate")) return;
        const ending = new AbortController();
        const query = new URLSearchParams(text);
        query.delete("sort");
        query.set("measures", `count,sum:${field.key}`);
        const ask = () => api.get<{ data: Record<string, unknown>[] }>(`/${entity.path}/aggregate`, query, ending.signal)
            .then(({ data }) => {
                const rows = data.filter((row) => typeof row[`sum_${field.key}`] === "number" && typeof row[`${field.key}_currency`] === "string");
                rows.sort((a, b) => Number(b["count"]) - Number(a["count"]));
                setKnown({ text, sums: rows.map((row) => ({ currency: String(row[`${field.key}_currency`]), minor: Number(row[`sum_${field.key}`]) })) });
            })
            .catch(() => !ending.signal.aborted && setKnown(null));
        whenIdle(() => !ending.signal.aborted && void ask());
        return () => ending.abort();
    }, [entity, field, text, round, isWaiting, changes]);
    // The sums of other rows stand only beside those rows.
    return known && (isWaiting || known.text === text) ? known.sums : null;
}
