import { useEffect, useReducer } from "react";
import { api } from "../../api/client";
import { labelOf } from "../../meta/label";
import { useMeta } from "../../meta/meta";
import type { EntityMeta } from "../../meta/types";
import { records } from "../../records/cache";
import type { Page } from "../../records/types";
import { teamReference, type Clause } from "./clauses";

const asked = new Set<string>();

/** Names the records that filters point to; those that are not here are fetched once. */
export function useLabels(entity: EntityMeta, clauses: Clause[]): (id: string) => string | undefined {
    const meta = useMeta();
    const [, rerender] = useReducer((round: number) => round + 1, 0);
    const wanted = clauses.flatMap((clause) => {
        const reference = clause.ask === "inTeam" ? teamReference : entity.fields.find((one) => one.key === clause.field)?.reference;
        return reference?.path ? clause.values.filter(Boolean).map((id) => ({ path: reference.path ?? "", id })) : [];
    });
    const missing = wanted.filter(({ id }) => !records.get(id) && !asked.has(id));
    const key = missing.map((one) => one.id).join();
    useEffect(() => {
        const paths = new Map<string, string[]>();
        for (const { path, id } of missing) {
            asked.add(id);
            paths.set(path, [...(paths.get(path) ?? []), id]);
        }
        for (const [path, ids] of paths) {
            api.get<Page>(`/${path}`, { "id[in]": ids.join(","), limit: 200 })
                .then(({ data }) => {
                    data.forEach((row) => records.put(row));
                    rerender();
                })
                .catch(() => ids.forEach((id) => asked.delete(id)));
        }
    }, [key]);
    return (id) => {
        const row = records.get(id);
        return row ? labelOf(row, meta.entity(row.type)) : undefined;
    };
}
