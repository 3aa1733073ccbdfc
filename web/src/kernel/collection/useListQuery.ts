import { useCallback, useMemo } from "react";
import { go, here, to, usePlace } from "../../app/router";
import type { EntityMeta } from "../meta/types";
import { fromParams, toAddress, type ListQuery } from "./query";

export type ChangeQuery = (change: Partial<ListQuery>, step?: boolean) => void;

/** The query that the address holds, and what changes it; `step` makes it one to come back from. */
export function useListQuery(entity: EntityMeta): [ListQuery, ChangeQuery] {
    const { query: words } = usePlace();
    const text = words.toString();
    const query = useMemo(() => fromParams(new URLSearchParams(text), entity), [text, entity]);
    const change = useCallback<ChangeQuery>((part, step = false) => {
        const present = here().query;
        go(to(entity.path, toAddress({ ...fromParams(present, entity), ...part }, present, entity)), !step);
    }, [entity]);
    return [query, change];
}
