import type { EntityMeta, Operator } from "../meta/types";

/** What a condition compares with: text as the API's query writes it, several for `in` and `not_in`, yes or no for `null`. */
export type Operand = string | string[] | boolean;

/** One condition: `amount gte 100000`. */
export interface Condition {
    field: string;
    operator: Operator;
    value: Operand;
}

/** Conditions and groups of which all, or any, must hold. */
export interface Group {
    join: "all" | "any";
    parts: Filter[];
}

export type Filter = Condition | Group;

export interface SortKey {
    field: string;
    descending: boolean;
}

export interface Column {
    key: string;
    /** Pixels; null as wide as the kind of field asks for. */
    width: number | null;
}

/** What a list or a board shows: the whole of it stands in the address. */
export interface ListQuery {
    /** Each is a chip; all of them hold. */
    filters: Condition[];
    /** The filter of groups (`filter=`); it holds too. */
    advanced: Group | null;
    q: string;
    /** Empty: the order that the entity has of itself. */
    sort: SortKey[];
    view: "list" | "board" | null;
    /** Null: the columns of the entity's view. */
    columns: Column[] | null;
    /** The id of the saved view that was opened. */
    saved: string | null;
}

export const emptyQuery: ListQuery = { filters: [], advanced: null, q: "", sort: [], view: null, columns: null, saved: null };

const operators: Operator[] = ["eq", "ne", "lt", "lte", "gt", "gte", "in", "not_in", "null", "contains", "starts_with", "within", "in_team"];
const isOperator = (text: string): text is Operator => (operators as string[]).includes(text);
export const isGroup = (filter: Filter): filter is Group => "join" in filter;

/** The field and operator that a word of the address names, `amount[gte]`; null where it is no condition. */
function conditionWord(word: string, entity: EntityMeta): { field: string; operator: Operator } | null {
    const [, field, operator] = /^([a-z0-9_.]+)(?:\[([a-z_]+)\])?$/.exec(word) ?? [];
    if (!field || !isOperator(operator ?? "eq")) return null;
    if (field !== "id" && !entity.fields.some((one) => one.key === field)) return null;
    return { field, operator: (operator ?? "eq") as Operator };
}

function readOperand(operator: Operator, text: string): Operand {
    if (operator === "in" || operator === "not_in") return text.split(",").filter(Boolean);
    return operator === "null" ? text !== "false" : text;
}

/** Reads an address: exactly the words of the API's lists, and `view`, `columns`, `saved` of the client. Others are passed over. */
export function fromParams(params: URLSearchParams, entity: EntityMeta): ListQuery {
    const filters: Condition[] = [];
    params.forEach((text, word) => {
        const named = conditionWord(word, entity);
        if (named) filters.push({ ...named, value: readOperand(named.operator, text) });
    });
    const view = params.get("view");
    return {
        filters,
        advanced: readFilter(params.get("filter")),
        q: params.get("q") ?? "",
        sort: readSort(params.get("sort"), params.get("order")),
        view: view === "list" || view === "board" ? view : null,
        columns: readColumns(params.get("columns")),
        saved: params.get("saved"),
    };
}

function readSort(text: string | null, order: string | null): SortKey[] {
    if (!text) return [];
    const keys = text.split(",").filter(Boolean).map((key) => ({ field: key.replace(/^-/, ""), descending: key.startsWith("-") }));
    return order === "desc" && keys.length === 1 ? keys.map((key) => ({ ...key, descending: true })) : keys;
}

/** `-amount,title`, as the API sorts. */
export const writeSort = (sort: SortKey[]): string => sort.map((key) => (key.descending ? "-" : "") + key.field).join(",");

function readColumns(text: string | null): Column[] | null {
    if (!text) return null;
    const columns = text.split(",").filter(Boolean).map((one) => {
        const [key, width] = one.split("~");
        return { key: key ?? "", width: width && /^\d+$/.test(width) ? Number(width) : null };
    });
    return columns.length ? columns : null;
}

/** `title~280,amount`: the key, and the width where it was changed. */
export const writeColumns = (columns: Column[]): string => columns.map((one) => (one.width === null ? one.key : `${one.key}~${Math.round(one.width)}`)).join(",");

/** Reads the JSON of `filter=`; null where there is none that can be read. */
export function readFilter(text: string | null): Group | null {
    if (!text) return null;
    try {
        const filter = readPart(JSON.parse(text));
        if (!filter) return null;
        return isGroup(filter) ? filter : { join: "all", parts: [filter] };
    } catch {
        return null;
    }
}

function readPart(json: unknown): Filter | null {
    if (Array.isArray(json)) {
        const [field, operator, value] = json as unknown[];
        if (typeof field !== "string" || typeof operator !== "string" || !isOperator(operator)) return null;
        const text = (one: unknown) => (one === null ? "" : String(one));
        if (value === null && (operator === "eq" || operator === "ne")) return { field, operator: "null", value: operator === "eq" };
        return { field, operator, value: Array.isArray(value) ? value.map(text) : operator === "null" ? value !== false && value !== "false" : text(value) };
    }
    if (typeof json !== "object" || json === null) return null;
    const [join, parts] = Object.entries(json)[0] ?? [];
    if ((join !== "all" && join !== "any") || !Array.isArray(parts)) return null;
    return { join, parts: parts.map(readPart).filter((part): part is Filter => part !== null) };
}

type FilterJSON = [string, Operator, Operand] | { all: FilterJSON[] } | { any: FilterJSON[] };

/** A filter as `filter=` and bulk changes take it; null where it says nothing. */
export function filterJSON(filter: Filter): FilterJSON | null {
    if (!isGroup(filter)) return isComplete(filter) ? [filter.field, filter.operator, filter.value] : null;
    const parts = filter.parts.map(filterJSON).filter((part): part is FilterJSON => part !== null);
    if (!parts.length) return null;
    return filter.join === "all" ? { all: parts } : { any: parts };
}

/** Whether a condition says what it compares with; one that does not is left out until it does. */
export const isComplete = (condition: Condition): boolean => (Array.isArray(condition.value) ? condition.value.length > 0 : condition.value !== "");

/** All conditions of a query in one filter, for bulk changes; null where it shows everything. */
export function wholeFilter(query: ListQuery): FilterJSON | null {
    return filterJSON({ join: "all", parts: [...query.filters, ...(query.advanced ? [query.advanced] : [])] });
}

/** The words of the API's list query: `amount[gte]=…` for simple conditions, `filter=` for groups and for what one word can't say. */
export function toParams(query: Pick<ListQuery, "filters" | "advanced" | "q" | "sort">): URLSearchParams {
    const params = new URLSearchParams();
    const rest: Filter[] = [];
    for (const condition of query.filters) {
        if (!isComplete(condition)) continue;
        const word = condition.operator === "eq" ? condition.field : `${condition.field}[${condition.operator}]`;
        const isSayable = !params.has(word) && !(Array.isArray(condition.value) && condition.value.some((one) => one.includes(",")));
        if (isSayable) params.set(word, Array.isArray(condition.value) ? condition.value.join(",") : String(condition.value));
        else rest.push(condition);
    }
    const group: Group | null = rest.length ? { join: "all", parts: [...rest, ...(query.advanced ? [query.advanced] : [])] } : query.advanced;
    const json = group && filterJSON(group);
    if (json) params.set("filter", JSON.stringify(json));
    if (query.q.trim()) params.set("q", query.q.trim());
    if (query.sort.length) params.set("sort", writeSort(query.sort));
    return params;
}

/** The address's words for a query; words that are none of a list's (such as `open`) stay as they are. */
export function toAddress(query: ListQuery, present: URLSearchParams, entity: EntityMeta): URLSearchParams {
    const words = toParams(query);
    if (query.view) words.set("view", query.view);
    if (query.columns) words.set("columns", writeColumns(query.columns));
    if (query.saved) words.set("saved", query.saved);
    const own = new Set(["filter", "q", "sort", "order", "view", "columns", "saved"]);
    present.forEach((text, word) => {
        if (!own.has(word) && !conditionWord(word, entity)) words.append(word, text);
    });
    return words;
}

/** Whether anything narrows what is shown. */
export const isNarrowed = (query: ListQuery): boolean => query.filters.length > 0 || query.advanced !== null || query.q.trim() !== "";
