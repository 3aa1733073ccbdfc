import type { Figure } from "../../plugins/plugin";
import { field } from "../meta/meta";
import * as format from "../format/format";
import type { EntityMeta } from "../meta/types";
import type { Row } from "../records/types";

/** Up to four figures that tell what a record is worth: the amounts, shares, days and numbers of its forms that have a value. */
export function keyFigures(row: Row, entity: EntityMeta): Figure[] {
    const keys = entity.views.filter((one) => one.form === "form").flatMap((one) => one.fields);
    const ranks = { money: 0, percent: 1, date: 2, integer: 3 } as Record<string, number>;
    const fields = [...new Set(keys)].map((key) => field(entity, key)).filter((one) => one && one.kind in ranks && row[one.key] !== null && row[one.key] !== undefined);
    return fields
        .map((one) => one as NonNullable<typeof one>)
        .sort((one, other) => (ranks[one.kind] ?? 9) - (ranks[other.kind] ?? 9))
        .slice(0, 4)
        .map((one) => ({ key: one.key, label: one.label, text: figureText(entity, one.key, row) }));
}

/** The value of one field, as a figure is written. */
export function figureText(entity: EntityMeta, key: string, row: Row): string {
    const value = row[key];
    switch (field(entity, key)?.kind) {
        case "money": return format.money(value as number | null, row[`${key}_currency`] as string | null);
        case "percent": return format.percent(value as number | null);
        case "date": return format.longDate(value as string | null);
        case "integer": return /(^|_)year$/.test(key) ? String(value ?? "—") : format.number(value as number | null);
        default: return value === null || value === undefined ? "—" : String(value);
    }
}
