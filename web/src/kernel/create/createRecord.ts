import { send } from "../api/client";
import { refuseUnread } from "../fields/unread";
import { fetchRecord } from "../records/useRecord";
import { records } from "../records/cache";
import { changeRecord } from "../records/change";
import type { EntityMeta } from "../meta/types";
import type { Row, Value } from "../records/types";

const heard = new Set<(row: Row) => void>();

/** Told of every record that is made in this tab, before the stream tells of it. */
export function onCreated(listener: (row: Row) => void): () => void {
    heard.add(listener);
    return () => heard.delete(listener);
}

/**
 * Makes a record under the id that the client chose, and gives it with all that it refers to.
 *
 * Where an earlier attempt had arrived although its answer was lost, the server gives that record (200): what was changed since is saved on it.
 */
export async function createRecord(entity: EntityMeta, id: string, set: Record<string, Value>): Promise<Row> {
    refuseUnread(entity, set);
    const answer = await send("POST", `/${entity.path}`, { body: { id, ...set } });
    let row = records.put((await answer.json()) as Row);
    if (answer.status === 200) {
        const changed = Object.entries(set).filter(([key, value]) => JSON.stringify(row[key] ?? null) !== JSON.stringify(value));
        if (changed.length) row = await changeRecord(entity, row, Object.fromEntries(changed), { message: false });
    }
    const whole = await fetchRecord(entity, row.id).catch(() => row);
    heard.forEach((listener) => listener(whole));
    return whole;
}
