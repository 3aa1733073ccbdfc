import type { EntityMeta } from "../meta/types";

/** What the server writes a list as. */
export const formats = ["xlsx", "csv", "pdf", "json"] as const;

/**
 * The names of an export's columns: those shown, in their order. Tables have what a reference's record is called
 * as the list does, not its id; the server puts a currency beside an amount where it isn't written with it. JSON is
 * for programs: ids, and each amount's currency.
 */
export function exportFields(entity: Pick<EntityMeta, "fields">, keys: string[], format: typeof formats[number]): string[] {
    const known = new Map(entity.fields.map((one) => [one.key, one]));
    const names = keys.flatMap((key) => {
        const reference = known.get(key)?.reference;
        if (format === "json") return known.has(`${key}_currency`) ? [key, `${key}_currency`] : [key];
        if (!reference) return [key];
        return [reference.include !== null && !known.has(reference.include) ? reference.include : `${key}_label`];
    });
    return [...new Set(names)];
}
