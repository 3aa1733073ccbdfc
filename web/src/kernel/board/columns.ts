import type { Tone } from "../../design/Badge";
import { stageTone, toneOf } from "../fields/FieldValue";
import { labelOf } from "../meta/label";
import { field } from "../meta/meta";
import type { MetaIndex } from "../meta/meta";
import type { EntityMeta, FieldMeta } from "../meta/types";
import type { Row } from "../records/types";

/** One column of a board: the records whose grouping field has that value. */
export interface Column {
    /** The value, or `none` for records without one. */
    key: string;
    value: string | null;
    label: string;
    tone: Tone;
    /** The record that the column stands for, where the grouping field is a reference. */
    row?: Row;
}

/** The key of the column of records that have no value. */
export const withoutValue = "none";

export const columnKey = (row: Row, groupBy: string): string => {
    const value = row[groupBy];
    return typeof value === "string" && value !== "" ? value : withoutValue;
};

/** The fields that a board can be grouped by: choices, and references to what can be listed. */
export const groupingFields = (entity: EntityMeta): FieldMeta[] =>
    entity.fields.filter((one) => !one.standard && one.operators.includes("eq") && (one.kind === "choice" || (one.kind === "reference" && !!one.reference?.path)));

/** The field that the referred records are parted by, as stages are by their pipeline, where this entity has it too. */
export function parentField(entity: EntityMeta, grouping: FieldMeta, meta: MetaIndex): FieldMeta | undefined {
    const target = grouping.reference ? meta.entity(grouping.reference.entity) : undefined;
    if (!target || !isOrdered(target)) return undefined;
    return target.fields.find((one) => one.kind === "reference" && !one.standard && field(entity, one.key)?.kind === "reference");
}

/** Whether the entity's records have a declared order, so that all of them are columns. */
export const isOrdered = (entity: EntityMeta): boolean => !!field(entity, "position");

/** Columns of a choice, in declared order; those without one at the end, where there can be any. */
export const choiceColumns = (grouping: FieldMeta, without: string): Column[] => [
    ...(grouping.choices ?? []).map((choice) => ({ key: choice.value, value: choice.value, label: choice.label, tone: toneOf(choice.value) })),
    ...(grouping.rules.required ? [] : [columnWithout(without)]),
];

const columnWithout = (label: string): Column => ({ key: withoutValue, value: null, label, tone: "plain" });

/** Columns of records, in the order given; those without one at the end. */
export const recordColumns = (rows: Row[], entity: EntityMeta | undefined, without?: string): Column[] => [
    ...rows.map((row) => ({ key: row.id, value: row.id, label: labelOf(row, entity), tone: "kind" in row ? stageTone(row) : ("plain" as Tone), row })),
    ...(without ? [columnWithout(without)] : []),
];
