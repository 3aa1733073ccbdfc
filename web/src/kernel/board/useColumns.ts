import { useEffect, useState } from "react";
import { api } from "../api/client";
import { useMeta, type MetaIndex } from "../meta/meta";
import type { EntityMeta, FieldMeta } from "../meta/types";
import type { Page, Row } from "../records/types";
import { choiceColumns, isOrdered, parentField, recordColumns, type Column } from "./columns";
import { t } from "./texts";
import type { AggregateLine } from "./totals";

export interface BoardColumns {
    columns: Column[];
    /** What the columns' records are parted by, and which part is shown: the pipeline. */
    parent: { field: FieldMeta; rows: Row[]; chosen: Row | null } | null;
}

/** Columns of people and the like are those that have records: at most so many, the fullest first. */
const most = 60;

/** The columns of the board; `filters` is the list's query without its order. */
export function useColumns(entity: EntityMeta, grouping: FieldMeta | undefined, filters: string) {
    const meta = useMeta();
    const [found, setFound] = useState<{ of: string; value: BoardColumns } | null>(null);
    const [problem, setProblem] = useState<unknown>(null);
    const [round, setRound] = useState(0);
    const of = `${entity.name} ${grouping?.key ?? ""} ${grouping ? dependsOn(entity, grouping, filters, meta) : ""}`;
    useEffect(() => {
        if (!grouping) return;
        const ending = new AbortController();
        setProblem(null);
        columnsOf(entity, grouping, new URLSearchParams(filters), meta, ending.signal)
            .then((value) => setFound((former) => ({ of, value: former && same(former.value, value) ? former.value : value })))
            .catch((error: unknown) => !ending.signal.aborted && setProblem(error));
        return () => ending.abort();
    }, [of, round]);
    // The former columns stay until the new ones are known, unless they are of another field.
    const value = found && found.of.startsWith(`${entity.name} ${grouping?.key ?? ""} `) ? found.value : null;
    return { value, problem, retry: () => setRound((one) => one + 1) };
}

/** What of the filters changes the columns: for stages the pipeline, for people and the like all of them. */
function dependsOn(entity: EntityMeta, grouping: FieldMeta, filters: string, meta: MetaIndex): string {
    if (grouping.kind === "choice") return "";
    const target = meta.entity(grouping.reference?.entity ?? "");
    if (!target || !isOrdered(target)) return filters;
    const parent = parentField(entity, grouping, meta);
    return parent ? new URLSearchParams(filters).get(parent.key) ?? "" : "";
}

const same = (one: BoardColumns, other: BoardColumns) => JSON.stringify(one) === JSON.stringify(other);

async function columnsOf(entity: EntityMeta, grouping: FieldMeta, filters: URLSearchParams, meta: MetaIndex, signal: AbortSignal): Promise<BoardColumns> {
    const without = t("without", { field: grouping.label.toLowerCase() });
    if (grouping.kind === "choice") return { columns: choiceColumns(grouping, without), parent: null };
    const target = meta.entity(grouping.reference?.entity ?? "");
    if (!target) return { columns: [], parent: null };
    if (!isOrdered(target)) return { columns: await fullest(entity, grouping, filters, target, without, signal), parent: null };
    const parent = parentField(entity, grouping, meta);
    const query = new URLSearchParams({ sort: "position", limit: "200" });
    let parents: BoardColumns["parent"] = null;
    if (parent?.reference?.path) {
        const rows = (await api.get<Page>(`/${parent.reference.path}`, { limit: 200 }, signal)).data;
        const named = filters.get(parent.key);
        const chosen = rows.find((row) => row.id === named) ?? rows.find((row) => row["is_default"] === true) ?? rows[0] ?? null;
        if (chosen) query.set(parent.key, chosen.id);
        parents = { field: parent, rows, chosen };
    }
    const rows = (await api.get<Page>(`/${target.path}`, query, signal)).data;
    return { columns: recordColumns(rows, target, grouping.rules.required ? undefined : without), parent: parents };
}

async function fullest(entity: EntityMeta, grouping: FieldMeta, filters: URLSearchParams, target: EntityMeta, without: string, signal: AbortSignal): Promise<Column[]> {
    const query = new URLSearchParams(filters);
    query.set("group_by", grouping.key);
    query.set("measures", "count");
    const lines = (await api.get<{ data: AggregateLine[] }>(`/${entity.path}/aggregate`, query, signal)).data.slice(0, most);
    const ids = lines.map((line) => line.group[grouping.key]).filter((id): id is string => !!id);
    if (!ids.length) return recordColumns([], target, without);
    const rows = (await api.get<Page>(`/${target.path}`, { "id[in]": ids.join(","), limit: 200 }, signal)).data;
    const ordered = ids.map((id) => rows.find((row) => row.id === id)).filter((row): row is Row => !!row);
    return recordColumns(ordered, target, ids.length < lines.length || !grouping.rules.required ? without : undefined);
}
