import type { EntityMeta, FieldMeta } from "../../../kernel/meta/types";
import type { Row, Value } from "../../../kernel/records/types";

/** The field by which an activity refers to records of that entity. */
export const referenceTo = (activity: EntityMeta, entity: EntityMeta): FieldMeta | undefined =>
    activity.fields.find((one) => one.kind === "reference" && !one.standard && one.reference?.entity === entity.name);

/** What was typed in the composer. */
export interface Entry {
    /** The id under which it will be sent: a repeat makes no second one. */
    id: string;
    kind: string;
    text: string;
    subject: string;
    outcome: string;
    minutes: string;
    /** `2026-11-21T10:30` in the organization's zone; empty: now, or none for a task. */
    when: string;
}

/** Kinds that have a subject of their own; the others take the first line of the text. */
export const hasSubject = (kind: string) => kind === "email" || kind === "meeting" || kind === "visit";
/** Kinds of which one says how long they took. */
export const hasDuration = (kind: string) => kind === "call" || kind === "meeting" || kind === "visit";

/** Whether there is enough to save. */
export const isWritten = (entry: Entry): boolean => !!entry.text.trim() || (hasSubject(entry.kind) && !!entry.subject.trim());

/**
 * An activity's fields from what was typed: the first line names it, the whole text follows where it says more. Tasks, and what lies ahead, are due; the rest is done.
 */
export function activityValues(entry: Entry, record: Row, reference: string, toInstant: (local: string) => string, now: Date): Record<string, Value> {
    const text = entry.text.trim();
    const [first = ""] = text.split("\n");
    const own = hasSubject(entry.kind) ? entry.subject.trim() : "";
    const subject = (own || first).trim().slice(0, 200);
    const saysMore = own ? text !== "" : text !== subject;
    const when = entry.when ? toInstant(entry.when) : null;
    const isAhead = entry.kind === "task" || (when !== null && Date.parse(when) > now.getTime());
    const minutes = Number(entry.minutes.replace(",", "."));
    return {
        kind: entry.kind,
        subject,
        [reference]: record.id,
        ...(reference !== "contact_id" && typeof record["contact_id"] === "string" ? { contact_id: record["contact_id"] } : {}),
        ...(saysMore ? { notes: text } : {}),
        ...(entry.outcome.trim() ? { outcome: entry.outcome.trim() } : {}),
        ...(hasDuration(entry.kind) && minutes > 0 ? { duration: Math.round(minutes * 60) } : {}),
        ...(isAhead ? (when ? { due_at: when } : {}) : { completed_at: when ?? now.toISOString() }),
    };
}
