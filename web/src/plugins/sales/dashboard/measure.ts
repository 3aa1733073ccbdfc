import { ownMoney, type Ranked } from "./answer";

export type Measure = "value" | "count" | "win_rate";

/** What a ranked one has of the measure; a rate that can't be told counts as none. */
export function measured(one: Ranked, measure: Measure): number {
    switch (measure) {
        case "value": return ownMoney(one.value)?.value ?? 0;
        case "count": return one.count;
        case "win_rate": return one.win_rate ?? 0;
    }
}

/** The largest first; among equals the larger value, then the name. */
export function ranked(all: Ranked[], measure: Measure): Ranked[] {
    return [...all].sort((one, other) =>
        measured(other, measure) - measured(one, measure) || measured(other, "value") - measured(one, "value") || (one.label ?? "").localeCompare(other.label ?? ""));
}
