import { isDay } from "../../../design/dates";
import { field } from "../../meta/meta";
import type { EntityMeta, FieldMeta, Operator } from "../../meta/types";
import type { Condition } from "../query";

/** What a filter asks of a field, as people say it. */
export type Ask =
    | "anyOf" | "noneOf" | "contains" | "startsWith" | "is" | "isNot" | "equal" | "notEqual"
    | "between" | "atLeast" | "atMost" | "above" | "below" | "within" | "on" | "notOn" | "from" | "until" | "after" | "before"
    | "yes" | "no" | "filled" | "empty" | "inTeam";

/** One filter of a person: a field, what is asked of it, and with which values. A span from–to is one clause. */
export interface Clause {
    field: string;
    ask: Ask;
    values: string[];
}

/** What the values of «nel team» refer to. */
export const teamReference = { entity: "kernel.team", path: "teams", include: null };

const listed = ["choice", "reference", "currency"];
const counted = ["money", "integer", "percent"];
const timed = ["date", "instant"];

/** What can be asked of a field, the usual first. */
export function asksOf(one: FieldMeta): Ask[] {
    const ends: Ask[] = one.operators.includes("null") && !one.rules.required ? ["filled", "empty"] : [];
    if (listed.includes(one.kind)) return ["anyOf", "noneOf", ...(one.operators.includes("in_team") ? (["inTeam"] as Ask[]) : []), ...ends];
    if (counted.includes(one.kind)) return ["atLeast", "atMost", "between", "above", "below", "equal", "notEqual", ...ends];
    if (timed.includes(one.kind)) return ["within", "between", "from", "until", "on", ...ends];
    if (one.kind === "boolean") return ["yes", "no", ...ends];
    if (one.operators.includes("contains")) return ["contains", "startsWith", "is", "isNot", ...ends];
    return ends;
}

/** Whether anything can be asked of a field at all. */
export const isFilterable = (one: FieldMeta): boolean => one.kind !== "currency" && one.operators.length > 0 && asksOf(one).length > 0;

/** How many values an ask takes: as many as one likes is `null`. */
export function valueCount(ask: Ask): number | null {
    if (ask === "anyOf" || ask === "noneOf") return null;
    if (ask === "between") return 2;
    return ["yes", "no", "filled", "empty"].includes(ask) ? 0 : 1;
}

/** Whether a clause says all that it needs to; of a span one end is enough. */
export function isWhole(clause: Clause): boolean {
    const count = valueCount(clause.ask);
    if (count === 0) return true;
    return clause.values.some((value) => value !== "");
}

/** The same clause with another ask; values stay where they fit. */
export function withAsk(clause: Clause, ask: Ask): Clause {
    const kind = (one: Ask) => (one === "within" ? "period" : valueCount(one) === null ? "list" : "value");
    if (kind(ask) !== kind(clause.ask)) return { ...clause, ask, values: [] };
    return { ...clause, ask, values: ask === "between" ? clause.values : valueCount(ask) === 1 ? clause.values.filter(Boolean).slice(0, 1) : clause.values };
}

const shiftDay = (day: string, by: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);

/** The clauses that conditions make: `gte` and `lte` of a field are one span. */
export function toClauses(conditions: Condition[], entity: EntityMeta): Clause[] {
    const used = new Set<Condition>();
    return conditions.flatMap((condition) => {
        const known = field(entity, condition.field);
        if (!known || used.has(condition)) return [];
        used.add(condition);
        const span = pairOf(condition, conditions, used, timed.includes(known.kind));
        if (span) return [{ field: known.key, ask: "between" as const, values: span }];
        return [clauseOf(condition, known)];
    });
}

function pairOf(condition: Condition, all: Condition[], used: Set<Condition>, isTimed: boolean): string[] | null {
    const isLow = condition.operator === "gte";
    const isHigh = condition.operator === "lte" || (isTimed && condition.operator === "lt" && isDay(String(condition.value)));
    if (!isLow && !isHigh) return null;
    const other = all.find((one) => one.field === condition.field && !used.has(one) && (isLow
        ? one.operator === "lte" || (isTimed && one.operator === "lt" && isDay(String(one.value)))
        : one.operator === "gte"));
    if (!other) return null;
    used.add(other);
    const [low, high] = isLow ? [condition, other] : [other, condition];
    const end = String(high.value);
    return [String(low.value), high.operator === "lt" ? shiftDay(end, -1) : end];
}

/** One condition as people say it. */
export function clauseOf({ field: key, operator, value }: Condition, known: FieldMeta): Clause {
    const values = Array.isArray(value) ? value : typeof value === "boolean" ? [] : [value];
    const clause = (ask: Ask, of = values): Clause => ({ field: key, ask, values: of });
    const isTimed = timed.includes(known.kind);
    const isCounted = counted.includes(known.kind);
    switch (operator) {
        case "null": return clause(value === true ? "empty" : "filled");
        case "in": return clause("anyOf");
        case "not_in": return clause("noneOf");
        case "contains": return clause("contains");
        case "starts_with": return clause("startsWith");
        case "within": return clause("within");
        case "in_team": return clause("inTeam");
        case "gte": return clause(isTimed ? "from" : "atLeast");
        case "lte": return clause(isTimed ? "until" : "atMost");
        case "gt": return clause(isTimed ? "after" : "above");
        case "lt": return clause(isTimed ? "before" : "below");
        case "eq": case "ne": {
            const isEqual = operator === "eq";
            if (known.kind === "boolean") return clause((value === "true") === isEqual ? "yes" : "no", []);
            if (listed.includes(known.kind)) return clause(isEqual ? "anyOf" : "noneOf");
            if (isTimed) return clause(isEqual ? "on" : "notOn");
            if (isCounted) return clause(isEqual ? "equal" : "notEqual");
            return clause(isEqual ? "is" : "isNot");
        }
    }
}

const single: Partial<Record<Ask, Operator>> = {
    contains: "contains", startsWith: "starts_with", is: "eq", isNot: "ne", equal: "eq", notEqual: "ne", atLeast: "gte", atMost: "lte", above: "gt", below: "lt",
    within: "within", inTeam: "in_team", on: "eq", notOn: "ne", from: "gte", until: "lte", after: "gt", before: "lt",
};

/** The conditions that say what a clause says; none as long as it is not whole. */
export function toConditions({ field: key, ask, values }: Clause): Condition[] {
    const some = values.filter((value) => value !== "");
    switch (ask) {
        case "filled": case "empty": return [{ field: key, operator: "null", value: ask === "empty" }];
        case "yes": case "no": return [{ field: key, operator: "eq", value: String(ask === "yes") }];
        case "anyOf": case "noneOf": {
            if (!some.length) return [];
            if (some.length === 1 && some[0]) return [{ field: key, operator: ask === "anyOf" ? "eq" : "ne", value: some[0] }];
            return [{ field: key, operator: ask === "anyOf" ? "in" : "not_in", value: some }];
        }
        case "between": {
            const [low, high] = values;
            return [...(low ? [{ field: key, operator: "gte" as const, value: low }] : []), ...(high ? [{ field: key, operator: "lte" as const, value: high }] : [])];
        }
        default: return some[0] ? [{ field: key, operator: single[ask] ?? "eq", value: some[0] }] : [];
    }
}
