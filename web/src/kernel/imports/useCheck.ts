import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { api } from "../api/client";
import { explain, Problem } from "../api/problem";
import type { EntityMeta } from "../meta/types";
import { isGoing } from "./importTexts";
import { same, toMapping, undecided, type Plan } from "./plan";
import type { ImportDocument } from "./types";

export interface Check {
    /** What was found holds for what is chosen now. */
    isCurrent: boolean;
    isGoing: boolean;
    /** Columns whose way of writing must be chosen before anything can be checked. */
    undecided: string[];
    isPossible: boolean;
    /** What the server refuses, by column; the rest under "". */
    faults: Record<string, string>;
    /** Checks again, after something went wrong. */
    retry: () => void;
}

/**
 * Keeps the server's check in step with what is chosen: saves the mapping and lets every row be looked at, without writing any.
 *
 * `delay` in milliseconds after the last change; null: not by itself.
 */
export function useCheck(entity: EntityMeta, document: ImportDocument, plan: Plan, take: (next: ImportDocument) => void, delay: number | null): Check {
    const mapping = useMemo(() => toMapping(entity, document, plan), [entity, document.columns, plan]);
    const open = useMemo(() => undecided(entity, document, plan), [entity, document.columns, plan]);
    const [refused, setRefused] = useState<{ mapping: unknown; faults: Record<string, string> } | null>(null);
    const flying = useRef(false);
    const [round, setRound] = useState(0);
    const isSaved = same(mapping, document.mapping);
    const isPossible = !open.length && mapping.columns.some((one) => one.field !== null);
    const going = isGoing(document.status);
    const isStill = document.status === "analysed" || document.status === "checked" || (document.status === "failed" && !document.started_at);
    const isNeeded = isStill && isPossible && !(isSaved && document.status !== "analysed") && !(refused && same(refused.mapping, mapping));
    const path = `/imports/${document.id}`;
    const run = useCallback(async () => {
        if (flying.current) return;
        flying.current = true;
        try {
            if (!isSaved) await api.put<ImportDocument>(`${path}/mapping`, mapping);
            take(await api.post<ImportDocument>(`${path}/check`));
            setRefused(null);
        } catch (error) {
            setRefused({ mapping, faults: byColumn(error, document) });
        } finally {
            flying.current = false;
            setRound((one) => one + 1);
        }
    }, [isSaved, mapping, path, take, document.columns]);
    useEffect(() => {
        if (!isNeeded || delay === null || flying.current) return;
        const timer = setTimeout(() => void run(), delay);
        return () => clearTimeout(timer);
    }, [isNeeded, delay, run, round]);
    const failed = document.status === "failed" && !document.started_at;
    return {
        isCurrent: isSaved && document.status === "checked",
        isGoing: going || (isNeeded && delay !== null),
        undecided: open,
        isPossible,
        faults: refused && same(refused.mapping, mapping) ? refused.faults : failed && isSaved ? { "": document.failure ?? "" } : {},
        retry: () => void run(),
    };
}

/** The server's refusal, by the column that it means. */
function byColumn(error: unknown, document: ImportDocument): Record<string, string> {
    if (!(error instanceof Problem) || !error.errors.length) return { "": explain(error) };
    const faults: Record<string, string> = {};
    for (const { field, message } of error.errors) {
        const index = /^columns\[(\d+)\]/.exec(field)?.[1];
        const column = index === undefined ? "" : document.columns[Number(index)]?.column ?? "";
        faults[column] = [faults[column], message].filter(Boolean).join(" ");
    }
    return faults;
}
