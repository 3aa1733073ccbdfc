import { withoutValue } from "./columns";

/** What the server counts in a column: the records, and their money by currency. */
export interface Total {
    count: number;
    sums: Record<string, number>;
}

export type Totals = Record<string, Total>;

/** One line of `/aggregate`. */
export interface AggregateLine {
    group: Record<string, string | null>;
    label: string | null;
    count: number;
    [key: string]: unknown;
}

/** Sums the lines of an aggregate by column; a currency is a line of its own there. */
export function readTotals(lines: AggregateLine[], groupBy: string, moneyKey: string | null): Totals {
    const totals: Totals = {};
    for (const line of lines) {
        const key = line.group[groupBy] ?? withoutValue;
        const total = totals[key] ?? { count: 0, sums: {} };
        const sum = moneyKey ? line[`sum_${moneyKey}`] : null;
        const currency = moneyKey ? line[`${moneyKey}_currency`] : null;
        const sums = typeof sum === "number" && typeof currency === "string" ? { ...total.sums, [currency]: (total.sums[currency] ?? 0) + sum } : total.sums;
        totals[key] = { count: total.count + line.count, sums };
    }
    return totals;
}

/** A total with one record more (`sign` 1) or less (-1). */
export function shifted(total: Total | undefined, sign: 1 | -1, amount: number | null, currency: string | null): Total {
    const before = total ?? { count: 0, sums: {} };
    const sums = amount !== null && currency ? { ...before.sums, [currency]: (before.sums[currency] ?? 0) + sign * amount } : before.sums;
    return { count: Math.max(0, before.count + sign), sums };
}

/** The sums of a column, the most important first: the organization's currency, then the largest. */
export function orderedSums(total: Total, own: string): { currency: string; value: number }[] {
    return Object.entries(total.sums)
        .map(([currency, value]) => ({ currency, value }))
        .sort((one, other) => Number(other.currency === own) - Number(one.currency === own) || other.value - one.value);
}
