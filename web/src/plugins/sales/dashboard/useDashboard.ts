import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../../../kernel/api/client";
import { onChange, onReset } from "../../../kernel/stream/stream";
import type { DashboardAnswer } from "./answer";
import { questionParams, type Question } from "./question";

const counted = new Set(["sales.opportunity", "sales.lead", "sales.activity", "sales.stage", "sales.product"]);

const hasClosed = (answer: DashboardAnswer): boolean => !!answer.won.count.value || !!answer.lost.count.value;

/** Nothing was started or closed. */
export const isBlank = (answer: DashboardAnswer): boolean => !hasClosed(answer) && !answer.started.count.value;

/**
 * The dashboard's numbers, counted anew a moment after something of them has changed.
 *
 * Where no period is chosen it is this year, or all time while nothing has closed this year. The former numbers stay until the new ones are here.
 */
export function useDashboard(question: Question) {
    const [answer, setAnswer] = useState<DashboardAnswer | null>(null);
    const [problem, setProblem] = useState<unknown>(null);
    const [isBusy, setBusy] = useState(true);
    const [round, setRound] = useState(0);
    const [hasFallenBack, setFallenBack] = useState(false);
    const words = questionParams(question).toString();
    const asked = useRef<AbortController | null>(null);
    const load = useCallback(async () => {
        asked.current?.abort();
        const ending = new AbortController();
        asked.current = ending;
        setBusy(true);
        const ask = (period: string | null) => {
            const query = new URLSearchParams(words);
            if (period) query.set("period", period);
            return api.get<DashboardAnswer>("/sales/dashboard", query, ending.signal);
        };
        try {
            const isOpen = !question.period && !question.from;
            const first = await ask(isOpen ? "this_year" : null);
            const all = isOpen && !hasClosed(first) ? await ask("all") : null;
            const falls = all !== null && hasClosed(all);
            setAnswer(falls ? all : first);
            setFallenBack(falls);
            setProblem(null);
        } catch (error) {
            if (ending.signal.aborted) return;
            setProblem(error);
        }
        setBusy(false);
    }, [words]);
    useEffect(() => {
        void load();
        return () => asked.current?.abort();
    }, [load, round]);
    useEffect(() => {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const soon = () => {
            timer ??= setTimeout(() => {
                timer = undefined;
                void load();
            }, 2000);
        };
        const ends = [onChange((change) => counted.has(change.type) && soon()), onReset(soon)];
        return () => {
            ends.forEach((end) => end());
            clearTimeout(timer);
        };
    }, [load]);
    return { answer, problem, isBusy, hasFallenBack, retry: () => setRound((one) => one + 1) };
}
