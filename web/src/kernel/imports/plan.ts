import { field } from "../meta/meta";
import { numberFormat } from "./dates";
import type { EntityMeta, FieldMeta } from "../meta/types";
import type { Row, Value } from "../records/types";
import type { FileColumn, ImportDocument, MappedColumn, Mapping, OnMatch, Unmatched } from "./types";

/** What a person has chosen for one column. */
export interface ColumnPlan {
    /** A field's key, of an address with its part: `billing_address.city`; null when the column is left out. */
    target: string | null;
    matchBy: string | null;
    format: string | null;
    /** What the file's numbers count: 1, 1,000 or 1,000,000. */
    multiplier: number;
    /** What a value stands for; null for nothing. */
    aliases: Record<string, string | null>;
    unmatched: Unmatched;
}

/** All that was chosen for a file. */
export interface Plan {
    columns: Record<string, ColumnPlan>;
    key: string | null;
    onMatch: OnMatch;
    constants: Record<string, Value>;
    /** The records that constants refer to, to show them. */
    included: Record<string, Row | null>;
}

export const addressParts = ["street", "postcode", "city", "province", "country", "latitude", "longitude"];
const textKinds = ["text", "long_text", "email", "phone", "url"];

/** The field that a target names, whole or by its part. */
export const targetField = (entity: EntityMeta, target: string | null): FieldMeta | undefined => (target ? field(entity, target.split(".")[0] ?? "") : undefined);

/** Fields that a file can fill. */
export const fillable = (entity: EntityMeta): FieldMeta[] => entity.fields.filter((one) => !one.standard && one.writable && !["json", "ids"].includes(one.kind));

const isKnownBy = (one: FieldMeta) => textKinds.includes(one.kind) && (one.rules.unique || one.searchable || one.key === "code" || one.key === "domain");

/** The fields by which a record of the entity can be found. */
export const matchChoices = (entity: EntityMeta | undefined): FieldMeta[] => entity?.fields.filter(isKnownBy) ?? [];

/** The mapped fields by which a row can meet a record that is there already, unique ones first. */
export function keyChoices(entity: EntityMeta, plan: Plan): FieldMeta[] {
    const mapped = new Set(Object.values(plan.columns).map((one) => one.target));
    return fillable(entity).filter((one) => mapped.has(one.key) && isKnownBy(one)).sort((a, b) => Number(b.rules.unique) - Number(a.rules.unique));
}

const emptyColumn: ColumnPlan = { target: null, matchBy: null, format: null, multiplier: 1, aliases: {}, unmatched: "error" };

function proposed(entity: EntityMeta, column: FileColumn): ColumnPlan {
    const proposal = column.proposal;
    if (!proposal || !targetField(entity, proposal.field)) return { ...emptyColumn };
    return { ...emptyColumn, target: proposal.field, matchBy: proposal.match_by ?? null, format: firstFormat(entity, column, proposal.field), multiplier: proposal.multiplier ?? 1, aliases: { ...(proposal.aliases ?? {}) } };
}

/** How a column is written that the server took for text but that is to be a number. */
export function firstFormat(entity: EntityMeta, column: FileColumn, target: string): string | null {
    const one = targetField(entity, target);
    return one && formatted(one, target) === "number" && column.kind === "text" && !column.format ? numberFormat(column.samples) : null;
}

function planned(column: MappedColumn | undefined): ColumnPlan {
    return { target: column?.field ?? null, matchBy: column?.match_by ?? null, format: column?.format ?? null, multiplier: column?.multiplier ?? 1, aliases: { ...(column?.aliases ?? {}) }, unmatched: column?.unmatched ?? "error" };
}

/** The plan to begin with: what was saved, else what the server proposes. */
export function firstPlan(entity: EntityMeta, document: ImportDocument): Plan {
    const saved = document.mapping;
    if (saved) {
        const columns = Object.fromEntries(document.columns.map((one) => [one.column, planned(saved.columns.find((other) => other.column === one.column))]));
        return { columns, key: saved.key ?? null, onMatch: saved.on_match ?? "create", constants: saved.constants ?? {}, included: {} };
    }
    const columns = Object.fromEntries(document.columns.map((one) => [one.column, proposed(entity, one)]));
    const plan: Plan = { columns, key: null, onMatch: "create", constants: {}, included: {} };
    const key = keyChoices(entity, plan).find((one) => one.rules.unique);
    return key ? { ...plan, key: key.key, onMatch: "update" } : plan;
}

/** The plan with something else chosen for one column. */
export function withColumn(plan: Plan, column: string, next: Partial<ColumnPlan>): Plan {
    const now = plan.columns[column];
    return now ? { ...plan, columns: { ...plan.columns, [column]: { ...now, ...next } } } : plan;
}

/** The mapping as the API takes it. */
export function toMapping(entity: EntityMeta, document: ImportDocument, plan: Plan): Mapping {
    const columns = document.columns.map((one): MappedColumn => {
        const chosen = plan.columns[one.column] ?? emptyColumn;
        const target = targetField(entity, chosen.target);
        if (!target) return { column: one.column, field: null };
        const settles = target.kind === "reference" || target.kind === "choice";
        const aliases = settles && Object.keys(chosen.aliases).length ? { aliases: chosen.aliases } : {};
        return {
            column: one.column,
            field: chosen.target,
            ...(target.kind === "reference" && chosen.matchBy ? { match_by: chosen.matchBy } : {}),
            ...(chosen.format && formatted(target, chosen.target) ? { format: chosen.format } : {}),
            ...(chosen.multiplier !== 1 && isCounted(target) ? { multiplier: chosen.multiplier } : {}),
            ...aliases,
            ...(target.kind === "reference" && chosen.unmatched !== "error" ? { unmatched: chosen.unmatched } : {}),
        };
    });
    const key = plan.key && keyChoices(entity, plan).some((one) => one.key === plan.key) ? plan.key : null;
    return {
        ...(key ? { key } : {}),
        on_match: key ? plan.onMatch : "create",
        columns,
        ...(Object.keys(plan.constants).length ? { constants: plan.constants } : {}),
    };
}

/** Whether a file may give the field in thousands or millions. */
const isCounted = (target: FieldMeta): boolean => target.kind === "money" || target.kind === "integer";

/** How the texts of a target can be written: dates, numbers, or nothing to say. */
export function formatted(target: FieldMeta, path: string | null): "date" | "number" | null {
    if (target.kind === "date" || target.kind === "instant") return "date";
    if (["integer", "money", "percent"].includes(target.kind) || /\.(latitude|longitude)$/.test(path ?? "")) return "number";
    return null;
}

/** The columns whose way of writing somebody must choose first. */
export const undecided = (entity: EntityMeta, document: ImportDocument, plan: Plan): string[] =>
    document.columns.filter((one) => {
        const chosen = plan.columns[one.column];
        const target = targetField(entity, chosen?.target ?? null);
        return one.ambiguous && !!target && !!formatted(target, chosen?.target ?? null) && !chosen?.format;
    }).map((one) => one.column);

/** Fields that every record needs and that nothing gives. */
export function missing(entity: EntityMeta, plan: Plan): FieldMeta[] {
    const given = new Set(Object.values(plan.columns).map((one) => one.target?.split(".")[0]));
    return fillable(entity).filter((one) => one.rules.required && !one.default && !given.has(one.key) && !(one.key in plan.constants));
}

/** Whether two documents say the same, whatever the order of their keys. */
export function same(one: unknown, other: unknown): boolean {
    return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
    if (value && typeof value === "object") {
        const entries = Object.entries(value).filter(([, one]) => one !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
        return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join()}}`;
    }
    return JSON.stringify(value) ?? "null";
}
