import { useEffect, useRef, useState } from "react";
import { api } from "../../../kernel/api/client";
import { explain } from "../../../kernel/api/problem";

/** What `/search` found. */
export interface Hit {
    type: string;
    id: string;
    label: string;
    snippet: string;
    score: number;
}

export interface Search {
    /** The query that the hits answer. */
    query: string;
    hits: Hit[];
    isPending: boolean;
    problem: string | null;
}

/** Long enough for the next letter of a quick typist. */
const pause = 90;
const limit = 24;

/** Searches everything for what is typed. The last answer stays until the next has come; a question that is overtaken is ended. */
export function useSearch(typed: string): Search {
    const query = typed.trim();
    const known = useRef(new Map<string, Hit[]>());
    const [answer, setAnswer] = useState<Omit<Search, "isPending">>({ query: "", hits: [], problem: null });
    useEffect(() => {
        const kept = query.length < 2 ? [] : known.current.get(query);
        if (kept) {
            setAnswer({ query, hits: kept, problem: null });
            return;
        }
        const ending = new AbortController();
        const timer = setTimeout(() => {
            api.get<{ data: Hit[] }>("/search", { q: query, limit }, ending.signal).then(({ data }) => {
                known.current.set(query, data);
                setAnswer({ query, hits: data, problem: null });
            }, (error: unknown) => {
                if (!ending.signal.aborted) setAnswer({ query, hits: [], problem: explain(error) });
            });
        }, pause);
        return () => {
            clearTimeout(timer);
            ending.abort();
        };
    }, [query]);
    return { ...answer, isPending: answer.query !== query };
}
