import { useCallback, useEffect, useState } from "react";
import { api } from "../../api/client";
import type { EntityMeta } from "../../meta/types";
import { useMeta } from "../../meta/meta";
import { onChange } from "../../stream/stream";
import type { Page, Row } from "../../records/types";
import { keepHasViews } from "../kept";
import { toAddress, writeColumns, type Column, type ListQuery } from "../query";

/** A way to look at an entity's records that somebody kept. */
export interface SavedView extends Row {
    name: string;
    entity: string;
    form: string;
    query: string | null;
    columns: { key: string; width: number | null }[] | null;
    sharing: "private" | "shared";
    position: number;
    owner_id: string | null;
}

export const viewEntity = "kernel.saved_view";

/** What of an address belongs to a saved view: all but the view itself, its columns and the record at the side. */
export function viewWords(query: ListQuery, present: URLSearchParams, entity: EntityMeta): string {
    const words = toAddress({ ...query, saved: null, columns: null, view: null }, present, entity);
    words.delete("open");
    return words.toString();
}

/** The address's words that open a saved view. */
export function openWords(view: SavedView): URLSearchParams {
    const words = new URLSearchParams(view.query ?? "");
    words.set("view", view.form);
    if (view.columns?.length) words.set("columns", writeColumns(view.columns));
    words.set("saved", view.id);
    return words;
}

const canonical = (text: string) => [...new URLSearchParams(text)].map(([key, value]) => `${key}=${value}`).sort().join("&");

/** Whether what is shown is no longer what was saved. */
export function isModified(view: SavedView, words: string, columns: Column[] | null, form: string): boolean {
    const same = (columns ? writeColumns(columns) : "") === (view.columns?.length ? writeColumns(view.columns) : "");
    return canonical(words) !== canonical(view.query ?? "") || !same || view.form !== form;
}

/** The views as they last came: what comes back to a list has its bar whole at once. */
const known = new WeakMap<EntityMeta, SavedView[]>();

/** The saved views of an entity that the caller may see, in their order; null where the server keeps none, or until they are here. */
export function useSavedViews(entity: EntityMeta) {
    const meta = useMeta();
    const isKept = meta.entity(viewEntity) !== undefined;
    const [views, setViews] = useState<SavedView[] | null>(known.get(entity) ?? null);
    const load = useCallback(async () => {
        if (!isKept) return;
        const { data } = await api.get<Page>("/saved-views", { entity: entity.name, sort: "position,name", limit: 200 });
        known.set(entity, data as SavedView[]);
        keepHasViews(entity.name, data.length > 0);
        setViews(data as SavedView[]);
    }, [entity, isKept]);
    useEffect(() => {
        load().catch(() => setViews(null));
        return onChange((change) => {
            if (change.type === viewEntity) load().catch(() => undefined);
        });
    }, [load]);
    return { views, load };
}
