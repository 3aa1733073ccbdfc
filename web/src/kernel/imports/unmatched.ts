import type { EntityMeta } from "../meta/types";
import type { ColumnPlan, Plan } from "./plan";
import { targetField } from "./plan";
import type { ImportDocument, MappedColumn, UnmatchedValue } from "./types";

/** The values of one column that refer to nothing and that nobody has settled yet. */
export interface OpenColumn {
    column: string;
    plan: ColumnPlan;
    values: UnmatchedValue[];
    rows: number;
}

const isSettled = (plan: ColumnPlan, value: string) => value.trim() in plan.aliases || value.trim().toLowerCase() in plan.aliases;

/** What a check was asked about a column, as far as it decides which values are found. */
const asked = (plan: ColumnPlan, saved: MappedColumn | undefined) => saved?.field === plan.target && (saved?.match_by ?? null) === plan.matchBy;

/** Texts that are none of a choice's cases: the server tells them among the errors. */
function unknownChoices(document: ImportDocument, column: string): UnmatchedValue[] {
    const counts = new Map<string, number>();
    for (const fault of document.errors) {
        if (fault.column === column && fault.code === "not_a_choice" && fault.value) counts.set(fault.value, (counts.get(fault.value) ?? 0) + 1);
    }
    return [...counts].map(([value, count]) => ({ column, value, count, proposals: [] })).sort((a, b) => b.count - a.count);
}

/** What is still open after a check, what is easily settled first; columns that mean something else by now are left out. */
export function openColumns(entity: EntityMeta, document: ImportDocument, plan: Plan): OpenColumn[] {
    return document.columns.flatMap((one) => {
        const chosen = plan.columns[one.column];
        const saved = document.mapping?.columns.find((other) => other.column === one.column);
        const target = targetField(entity, chosen?.target ?? null);
        if (!chosen || !target || !asked(chosen, saved) || chosen.unmatched !== "error") return [];
        const unknown = target.kind === "choice" ? unknownChoices(document, one.column) : document.unmatched.filter((value) => value.column === one.column);
        const values = unknown.filter((value) => !isSettled(chosen, value.value));
        return values.length ? [{ column: one.column, plan: chosen, values, rows: values.reduce((sum, value) => sum + value.count, 0) }] : [];
    }).sort((a, b) => Number(clear(b.values).length > 0) - Number(clear(a.values).length > 0));
}

/** The record or choice that a value most likely means, when it is likely enough to be offered. */
export const likely = (value: UnmatchedValue): UnmatchedValue["proposals"][number] | undefined => value.proposals.find((one) => one.score >= 0.5);

/** Those of several whose meaning is clear enough to be taken all at once. */
export const clear = (values: UnmatchedValue[]): UnmatchedValue[] => values.filter((value) => (value.proposals[0]?.score ?? 0) >= 0.85);
