import type { Row, Value } from "../../records/types";

/** Who did something. */
export interface Actor {
    /** user, job, api_key … */
    kind: string;
    id: string | null;
    name: string | null;
}

/** One field's change, as the server's history has it. */
export interface HistoryChange {
    field: string;
    label: string;
    from: Value;
    to: Value;
}

/** An entry of a record's history. */
export interface HistoryEntry {
    at: string;
    by: Actor;
    action: string;
    changes: HistoryChange[];
    request_id?: string | null;
}

/** Something that happened around a record: a change of itself (`changes`), or a moment of another that refers to it (`record`). */
export interface Moment {
    at: string;
    type: string;
    id: string;
    label: string | null;
    kind: string;
    by: Actor | null;
    record?: Row;
    changes?: HistoryChange[];
}

/** The `kind` of a moment that the server does not have yet. */
export const waiting = "waiting";

/** The same moment has the same key on every page. */
export const momentKey = (moment: Moment): string => `${moment.at} ${moment.type} ${moment.id} ${moment.kind} ${moment.changes?.map((one) => one.field).join() ?? ""}`;
