import { field } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import type { Value } from "../records/types";
import type { ListQuery } from "./query";

/** What a new record has from the start so that it stands among those shown: the values that the filters ask for alone. */
export function initialValues(query: ListQuery, entity: EntityMeta): Record<string, Value> {
    const values: Record<string, Value> = {};
    for (const { field: key, operator, value } of query.filters) {
        const one = field(entity, key);
        if (operator === "eq" && typeof value === "string" && one?.writable && (one.kind === "reference" || one.kind === "choice")) values[key] = value;
    }
    return values;
}
