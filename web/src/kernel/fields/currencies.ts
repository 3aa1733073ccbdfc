import * as format from "../format/format";
import type { EntityMeta, FieldMeta } from "../meta/types";

/** The currencies that are offered; the server takes every one of ISO 4217. */
const common = ["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "JPY"];

/** What a currency is chosen from: the organization's own first, and whatever one there is already. */
export const currencyChoices = (current: string): string[] => [...new Set([format.organizationCurrency(), ...common, current])];

/** The field with the currency of an amount, where the person may write it. */
export function currencyOf(entity: EntityMeta, money: FieldMeta): FieldMeta | undefined {
    const field = money.kind === "money" ? entity.fields.find((one) => one.key === `${money.key}_currency`) : undefined;
    return field?.writable && !field.rules.read_only ? field : undefined;
}

/** What the typed amount says in a currency: minor units; only the currency where the text can't be read, only the amount where there is no other currency than before. */
export function amountSet(key: string, text: string, currency: string, former: string): Record<string, string | number | null> {
    const chosen = currency === former ? {} : { [`${key}_currency`]: currency };
    if (text.trim() === "") return { [key]: null, ...chosen };
    const minor = format.parseMoney(text, currency);
    return minor === null ? chosen : { [key]: minor, [`${key}_currency`]: currency };
}
