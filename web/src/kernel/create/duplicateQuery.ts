import type { EntityMeta } from "../meta/types";
import type { Value } from "../records/types";

/** What duplicates are looked for by, where the entity has these fields. */
export const compared: Record<string, string[]> = {
    "directory.account": ["name", "vat_number", "email", "phone", "billing_address"],
    "directory.contact": ["first_name", "last_name", "email", "phone", "account_id"],
    "sales.lead": ["first_name", "last_name", "company", "email", "phone"],
};

/** What to ask the server about duplicates of what was typed; null as long as it says too little. */
export function duplicateQuery(entity: EntityMeta, values: Record<string, Value>, typed: Record<string, Value>): Record<string, Value> | null {
    const keys = compared[entity.name];
    if (!keys) return null;
    const said = keys.filter((key) => key !== "account_id" && typeof typed[key] === "string" && (typed[key] as string).trim().length >= 3);
    if (!said.length) return null;
    const query: Record<string, Value> = {};
    for (const key of keys) {
        const value = values[key];
        const isHalfTyped = (key === "email" && typeof value === "string" && !/^\S+@\S+\.\S+$/.test(value)) || (key === "phone" && typeof value === "string" && value.replace(/\D/g, "").length < 6);
        if (value !== null && value !== undefined && value !== "" && !isHalfTyped) query[key] = value;
    }
    return Object.keys(query).length ? query : null;
}
