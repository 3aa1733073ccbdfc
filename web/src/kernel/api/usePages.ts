import { useCallback, useEffect, useState } from "react";
import { api } from "./client";
import type { Page } from "../records/types";

/** A list that grows page by page. */
export function usePages<Item>(path: string, query: Record<string, string | undefined>) {
    const [items, setItems] = useState<Item[] | null>(null);
    const [next, setNext] = useState<string | null>(null);
    const [round, setRound] = useState(0);
    const words = JSON.stringify(query);
    useEffect(() => {
        const ending = new AbortController();
        api.get<Page<Item>>(path, { ...(JSON.parse(words) as Record<string, string>), limit: 50 }, ending.signal).then((page) => {
            setItems(page.data);
            setNext(page.page.next);
        }, () => undefined);
        return () => ending.abort();
    }, [path, words, round]);
    const more = async () => {
        const page = await api.get<Page<Item>>(path, { ...(JSON.parse(words) as Record<string, string>), limit: 50, cursor: next });
        setItems((all) => [...(all ?? []), ...page.data]);
        setNext(page.page.next);
    };
    return { items, more: next ? more : null, reload: useCallback(() => setRound((one) => one + 1), []) };
}
