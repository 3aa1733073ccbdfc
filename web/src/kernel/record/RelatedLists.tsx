import { useCallback, useEffect, useState } from "react";
import plus from "bootstrap-icons/plus-lg.svg";
import { Link, to } from "../../app/router";
import { texts } from "../../app/language";
import { Skeleton } from "../../design/Badge";
import { IconButton } from "../../design/Button";
import { api } from "../api/client";
import { onCreated } from "../create/createRecord";
import { openCreate } from "../create/openCreate";
import { FieldValue } from "../fields/FieldValue";
import * as format from "../format/format";
import { labelOf } from "../meta/label";
import { can, field as fieldOf, includes, useMeta, view } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { records } from "../records/cache";
import type { Page, Row } from "../records/types";
import { onChange } from "../stream/stream";
import { relationLabel, relationsOf, type Relation } from "./related";

const t = texts({
    it: { create: "Crea in {label}", all: "Vedi tutti ({count})" },
    en: { create: "Create in {label}", all: "See all ({count})" },
});

/** The lists of records that refer to this one: how many, the first of them, one more with «+». */
export function RelatedLists({ entity, row, covered }: { entity: EntityMeta; row: Row; covered: string[] }) {
    const meta = useMeta();
    const relations = relationsOf(meta, entity, covered);
    return <>{relations.map((relation) => <RelatedList key={`${relation.entity.name} ${relation.field.key}`} relation={relation} row={row} label={relationLabel(relation, relations)} />)}</>;
}

const shown = 4;

function RelatedList({ relation, row, label }: { relation: Relation; row: Row; label: string }) {
    const { entity, field } = relation;
    const [page, setPage] = useState<Page | null>(null);
    const [round, setRound] = useState(0);
    const again = useCallback(() => setRound((one) => one + 1), []);
    useEffect(() => {
        const ending = new AbortController();
        const include = includes(entity, asideKeys(entity));
        api.get<Page>(`/${entity.path}`, { [field.key]: row.id, limit: shown, count: "exact", sort: newestFirst(entity), include }, ending.signal)
            .then((found) => setPage({ ...found, data: found.data.map((one) => records.put(one)) }))
            .catch(() => !ending.signal.aborted && setPage((before) => before ?? { data: [], page: { limit: 0, next: null, previous: null, total: null, estimated: false } }));
        return () => ending.abort();
    }, [entity, field, row.id, round]);
    useEffect(() => {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const soon = () => {
            clearTimeout(timer);
            timer = setTimeout(again, 300);
        };
        const ends = [onCreated((made) => made.type === entity.name && soon()), onChange((change) => (change.event === "reset" || change.type === entity.name) && soon())];
        return () => {
            clearTimeout(timer);
            ends.forEach((end) => end());
        };
    }, [entity, again]);
    if (page && page.page.total === null) return null;
    const total = page?.page.total ?? 0;
    const mayCreate = can(entity, "create") && field.writable;
    if (page && !total && !mayCreate) return null;
    return (
        <section className="side-section" aria-label={label} data-related={entity.name}>
            <div className="side-head">
                <h3>{label}{page && <span className="side-count">{format.number(total)}</span>}</h3>
                {mayCreate && (
                    <IconButton look="plain" bar icon={plus} label={t("create", { label })} onClick={() => openCreate(entity.name, { [field.key]: row.id })} />
                )}
            </div>
            {!page && <Skeleton width={180} />}
            {!!page?.data.length && (
                <ul className="related">
                    {page.data.map((one) => <RelatedRow key={one.id} entity={entity} row={one} />)}
                </ul>
            )}
            {total > shown && <Link className="small" href={to(entity.path, { [field.key]: row.id })}>{t("all", { count: total })}</Link>}
        </section>
    );
}

function RelatedRow({ entity, row }: { entity: EntityMeta; row: Row }) {
    const [state, amount] = asideKeys(entity).map((key) => fieldOf(entity, key));
    return (
        <li data-record-id={row.id}>
            <Link className="truncate" href={to(`${entity.path}/${row.id}`)}>{labelOf(row, entity)}</Link>
            {state && row[state.key] !== null && <span className="small truncate related-state"><FieldValue entity={entity} field={state} row={row} /></span>}
            {amount && row[amount.key] !== null && <span className="related-amount"><FieldValue entity={entity} field={amount} row={row} /></span>}
        </li>
    );
}

/** What stands beside the name: the state that the board goes by, and the amount. */
function asideKeys(entity: EntityMeta): string[] {
    const state = entity.states?.field ?? view(entity, "board")?.group_by ?? "";
    const amount = entity.fields.find((one) => one.kind === "money" && view(entity, "list")?.fields.includes(one.key))?.key ?? "";
    return [state, amount];
}

const newestFirst = (entity: EntityMeta) => (fieldOf(entity, "created_at") ? "-created_at" : null);
