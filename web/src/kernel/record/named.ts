import { useEffect } from "react";
import { api } from "../api/client";
import { useMeta } from "../meta/meta";
import { records } from "../records/cache";
import type { Page, Row } from "../records/types";
import { useCached } from "../records/useRecord";

const wanted = new Map<string, Set<string>>();
const gone = new Set<string>();
let timer: ReturnType<typeof setTimeout> | null = null;

function ask(path: string, id: string) {
    if (gone.has(id)) return;
    wanted.set(path, (wanted.get(path) ?? new Set()).add(id));
    if (timer) return;
    timer = setTimeout(() => {
        timer = null;
        const all = [...wanted];
        wanted.clear();
        for (const [path, ids] of all) void fetchNamed(path, [...ids]);
    }, 20);
}

/** At most a hundred in one request: addresses have their limits. */
async function fetchNamed(path: string, ids: string[]) {
    for (let at = 0; at < ids.length; at += 100) {
        const some = ids.slice(at, at + 100);
        try {
            const page = await api.get<Page>(`/${path}`, { "id[in]": some.join(","), limit: 100 });
            page.data.forEach((row) => records.put(row));
            const found = new Set(page.data.map((row) => row.id));
            some.filter((id) => !found.has(id)).forEach((id) => gone.add(id));
        } catch {
            some.forEach((id) => gone.add(id));
        }
    }
}

/** The record that an id names, for its label: from what is here, else fetched together with the others that this screen names. */
export function useNamed(entityName: string | undefined, id: string | null): Row | undefined {
    const meta = useMeta();
    const row = useCached(id);
    const path = entityName ? meta.entity(entityName)?.path : undefined;
    useEffect(() => {
        if (id && path && !records.get(id)) ask(path, id);
    }, [id, path]);
    return row;
}
