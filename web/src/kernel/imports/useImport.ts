import { useCallback, useEffect, useState } from "react";
import { api } from "../api/client";
import { Problem } from "../api/problem";
import { isGoing } from "./importTexts";
import type { ImportDocument } from "./types";

/** An import as it stands now; asked again and again while the server works on it. */
export function useImport(id: string) {
    const [document, setDocument] = useState<ImportDocument | null>(null);
    const [problem, setProblem] = useState<unknown>(null);
    const [round, setRound] = useState(0);
    useEffect(() => {
        const ending = new AbortController();
        let timer: ReturnType<typeof setTimeout> | undefined;
        let wait = 500;
        const ask = async () => {
            try {
                const next = await api.get<ImportDocument>(`/imports/${id}`, undefined, ending.signal);
                setDocument(next);
                setProblem(null);
                if (!isGoing(next.status)) return;
                wait = Math.min(wait * 1.1, 2000);
            } catch (error) {
                if (ending.signal.aborted) return;
                setProblem(error);
                if (!(error instanceof Problem && error.isOffline)) return;
                wait = Math.min(wait * 2, 10_000);
            }
            timer = setTimeout(() => void ask(), wait);
        };
        void ask();
        return () => {
            ending.abort();
            clearTimeout(timer);
        };
    }, [id, round]);
    /** Takes what a request answered; goes on asking if there is work under way. */
    const take = useCallback((next: ImportDocument) => {
        setDocument(next);
        if (isGoing(next.status)) setRound((one) => one + 1);
    }, []);
    return { document, problem, take, reload: useCallback(() => setRound((one) => one + 1), []) };
}
