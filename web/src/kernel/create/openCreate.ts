import type { Row, Value } from "../records/types";

/** What is asked of the dialog that makes a record. */
export interface CreateRequest {
    /** The entity's name, `sales.opportunity`. */
    entity: string;
    /** Values that stand there from the start: a column's stage, the record that the new one belongs to. */
    initial?: Record<string, Value>;
    /** Called with every record that was made. */
    onCreated?: (row: Row) => void;
}

const opened = "stratikey-create";

/** Opens the dialog that makes a record of that entity, from wherever one is; above another such dialog too. */
export function openCreate(entity: string, initial?: Record<string, Value>, onCreated?: (row: Row) => void) {
    const detail: CreateRequest = { entity, ...(initial ? { initial } : {}), ...(onCreated ? { onCreated } : {}) };
    window.dispatchEvent(new CustomEvent<CreateRequest>(opened, { detail }));
}

/** Told whenever a dialog is asked for; gives what ends it. */
export function onOpenCreate(listener: (request: CreateRequest) => void): () => void {
    const hear = (event: Event) => listener((event as CustomEvent<CreateRequest>).detail);
    window.addEventListener(opened, hear);
    return () => window.removeEventListener(opened, hear);
}
