import { field, view } from "../meta/meta";
import type { EntityMeta, FieldMeta } from "../meta/types";
import { fromParams, type SortKey } from "./query";

/** The server sorts by so many fields at most. */
export const mostSorts = 3;

/** The order that the entity's list has of itself. */
export const ownSort = (entity: EntityMeta): SortKey[] => fromParams(new URLSearchParams({ sort: view(entity, "list")?.sort ?? "" }), entity).sort.filter((key) => field(entity, key.field));

export const isSortable = (one: FieldMeta): boolean => !["json", "ids", "address", "time_windows", "long_text"].includes(one.kind);

/** What pressing a head does: first ascending, then descending, then no more; `add` keeps what is sorted by already. */
export function nextSort(sort: SortKey[], key: string, add: boolean): SortKey[] {
    const present = sort.find((one) => one.field === key);
    const next: SortKey[] = !present ? [{ field: key, descending: false }] : !present.descending ? [{ field: key, descending: true }] : [];
    if (!add) return next;
    if (present) return sort.flatMap((one) => (one.field === key ? next : [one]));
    return [...sort, ...next].slice(-mostSorts);
}
