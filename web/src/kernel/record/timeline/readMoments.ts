import { hasTimeline, momentEntities, momentView } from "../../../plugins/all";
import { api } from "../../api/client";
import { can, includes, type MetaIndex } from "../../meta/meta";
import type { EntityMeta, FieldMeta } from "../../meta/types";
import { records } from "../../records/cache";
import type { Page, Row } from "../../records/types";
import type { Stretch } from "./merge";
import type { HistoryEntry, Moment } from "./moment";

/** Reads one source of moments on from a place; null is its start. */
export type Source = (cursor: string | null, signal?: AbortSignal) => Promise<Stretch<Moment>>;

const size = 30;

/** Where the moments around a record come from: the server's own timeline, else the record's history and the records that refer to it. */
export async function sourcesOf(meta: MetaIndex, entity: EntityMeta, id: string, signal: AbortSignal): Promise<{ sources: Source[]; first: Stretch<Moment>[] }> {
    if (hasTimeline(entity.name)) {
        const whole: Source = async (cursor, signal) => stretch(await api.get<Page<Moment>>(`/${entity.path}/${id}/timeline`, { limit: size, cursor }, signal));
        return { sources: [whole], first: [await whole(null, signal)] };
    }
    const sources = [...(can(entity, "history") ? [history(entity, id)] : []), ...referring(meta, entity, id)];
    return { sources, first: await Promise.all(sources.map((source) => source(null, signal))) };
}

const stretch = <Item>(page: Page<Item>): Stretch<Item> => ({ items: page.data, next: page.page.next });

function history(entity: EntityMeta, id: string): Source {
    return async (cursor, signal) => {
        const page = await api.get<Page<HistoryEntry>>(`/${entity.path}/${id}/history`, { limit: size, cursor }, signal);
        return { items: page.data.map((entry) => ({ at: entry.at, type: entity.name, id, label: null, kind: entry.action, by: entry.by, changes: entry.changes })), next: page.page.next };
    };
}

function referring(meta: MetaIndex, entity: EntityMeta, id: string): Source[] {
    return momentEntities().flatMap((name) => {
        const other = meta.entity(name);
        const at = momentView(name)?.at;
        const reference = other?.fields.find((one) => isReferenceTo(one, entity));
        return other && at && reference && can(other, "list") ? [recordsOf(other, reference, at, id)] : [];
    });
}

const isReferenceTo = (field: FieldMeta, entity: EntityMeta) => field.kind === "reference" && !field.standard && field.reference?.entity === entity.name;

function recordsOf(other: EntityMeta, reference: FieldMeta, at: string, id: string): Source {
    return async (cursor, signal) => {
        const page = await api.get<Page>(`/${other.path}`, { [reference.key]: id, sort: `-${at}`, limit: size, cursor, include: includes(other, other.fields.map((one) => one.key)) }, signal);
        // With what they refer to: names stand there at once.
        page.data.forEach((row) => records.put(row));
        const moment = (row: Row): Moment => ({ at: String(row[at] ?? row["created_at"]), type: other.name, id: row.id, label: null, kind: at.replace(/_at$/, ""), by: null, record: row });
        return { items: page.data.map(moment), next: page.page.next };
    };
}
