import { useCallback, useEffect, useState } from "react";
import { api } from "./client";

/** What a route answers, fetched when the component is shown and whenever its address changes. `data` stays while it is fetched again. */
export function useLoaded<Answer>(path: string | null, query?: Record<string, string | number | undefined>) {
    const [data, setData] = useState<Answer | null>(null);
    const [problem, setProblem] = useState<unknown>(null);
    const [round, setRound] = useState(0);
    const words = JSON.stringify(query ?? {});
    useEffect(() => {
        if (!path) return;
        const ending = new AbortController();
        api.get<Answer>(path, JSON.parse(words) as Record<string, string>, ending.signal).then(
            (answer) => {
                setData(answer);
                setProblem(null);
            },
            (error: unknown) => {
                if (!(error instanceof DOMException)) setProblem(error);
            },
        );
        return () => ending.abort();
    }, [path, words, round]);
    return { data, problem, reload: useCallback(() => setRound((one) => one + 1), []) };
}
