import { api } from "../api/client";
import { includes, type MetaIndex } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { onChange, onReset } from "../stream/stream";
import { records } from "./cache";
import type { Page, Row } from "./types";

/** Long enough for the answer to an own change to come first, and for a burst to be one question. */
const pause = 250;

/**
 * Keeps the records that are shown as the server has them: those that the stream tells of are fetched again, together.
 *
 * What belongs in a list or on a board now is for these to find out; the records that stand there are kept right by this. Gives what ends it.
 */
export function keepRecordsLive(meta: MetaIndex): () => void {
    const wanted = new Map<string, Set<string>>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const want = (type: string, id: string) => {
        wanted.set(type, (wanted.get(type) ?? new Set()).add(id));
        timer ??= setTimeout(fetchWanted, pause);
    };
    const fetchWanted = () => {
        timer = undefined;
        const all = [...wanted];
        wanted.clear();
        for (const [type, ids] of all) {
            const entity = meta.entity(type);
            if (entity?.operations.includes("list")) void refresh(entity, [...ids]);
        }
    };
    const endChange = onChange((change) => {
        if (!change.event.startsWith("record.") || change.event === "record.deleted") return;
        const known = records.saved(change.id);
        if (known && records.isWatched(change.id) && (change.version === null || change.version > known.version)) want(change.type, change.id);
    });
    const endReset = onReset(() => {
        for (const row of records.watched()) want(row.type, row.id);
    });
    return () => {
        endChange();
        endReset();
        clearTimeout(timer);
    };
}

/** What the server gives no more is gone: deleted, or out of the person's reach. */
async function refresh(entity: EntityMeta, ids: string[]) {
    const found = await fetchRecords(entity, ids).catch(() => null);
    if (!found) return;
    const there = new Set(found.map((row) => row.id));
    ids.filter((id) => !there.has(id)).forEach((id) => records.remove(id));
}

/** Fetches records by their ids, with all that they refer to, and keeps them. */
export async function fetchRecords(entity: EntityMeta, ids: string[], signal?: AbortSignal): Promise<Row[]> {
    const include = includes(entity, entity.fields.map((one) => one.key));
    const found: Row[] = [];
    for (let start = 0; start < ids.length; start += 100) {
        const query = { "id[in]": ids.slice(start, start + 100).join(","), include, limit: 100 };
        const page = await api.get<Page>(`/${entity.path}`, query, signal);
        found.push(...page.data.map((row) => records.put(row)));
    }
    return found;
}
