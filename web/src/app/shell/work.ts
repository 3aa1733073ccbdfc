import { useSyncExternalStore } from "react";
import { Problem } from "../../kernel/api/problem";
import { here } from "../router";

/** Where a longer piece of work stands, in the words that its card shows. */
export interface WorkState {
    status: "going" | "done" | "failed";
    done: number;
    /** Null as long as nobody knows how much it is. */
    total: number | null;
    /** What was done, or why it ended. */
    text?: string;
    /** What can be done when it has ended. */
    action?: { label: string; run: () => void } | null;
}

/** A longer piece of work on the server; `key` says what and which: `import:<id>`. */
export interface Work {
    key: string;
    label: string;
    /** Where it is shown in full. */
    href?: string;
    /** Asks how it stands; null when there is no such work any more. Left out where the key's kind is known (`workKinds.ts`). */
    poll?: (signal: AbortSignal) => Promise<WorkState | null>;
    /** Told once when it has ended. */
    onEnd?: (state: WorkState) => void;
}

export interface ShownWork {
    work: Work;
    state: WorkState;
}

type Poll = NonNullable<Work["poll"]>;

const listeners = new Set<() => void>();
const kinds = new Map<string, (id: string) => Poll>();
const polling = new Map<string, AbortController>();
let shown: ShownWork[] = [];

function set(next: ShownWork[]) {
    shown = next;
    keep();
    listeners.forEach((listener) => listener());
}

const place = () => `stratikey-work-${here().slug}`;

/** What goes on is found again after a reload, as far as its kind is known. */
function keep() {
    const going = shown.filter((one) => one.state.status === "going" && kinds.has(kindOf(one.work.key))).map(({ work }) => ({ key: work.key, label: work.label, href: work.href }));
    try {
        if (going.length) sessionStorage.setItem(place(), JSON.stringify(going));
        else sessionStorage.removeItem(place());
    } catch {
        // Without storage the card is gone after a reload; the work goes on.
    }
}

const kindOf = (key: string) => key.slice(0, key.indexOf(":"));

/** Says how work of a kind is asked for, so that its card survives a reload. */
export function knowWork(kind: string, poll: (id: string) => Poll) {
    kinds.set(kind, poll);
}

/** Shows work in progress at the bottom right until it has ended and was read; gives what takes the card away. The same key twice is one card. */
export function followWork(work: Work): () => void {
    const poll = work.poll ?? kinds.get(kindOf(work.key))?.(work.key.slice(work.key.indexOf(":") + 1));
    if (!poll) throw new Error(`nobody knows how to ask for ${work.key}`);
    polling.get(work.key)?.abort();
    const ending = new AbortController();
    polling.set(work.key, ending);
    set([...shown.filter((one) => one.work.key !== work.key), { work, state: { status: "going", done: 0, total: null } }]);
    void ask(work, poll, ending.signal);
    return () => leaveWork(work.key);
}

/** Takes a card away; the work itself goes on. */
export function leaveWork(key: string) {
    polling.get(key)?.abort();
    polling.delete(key);
    if (shown.some((one) => one.work.key === key)) set(shown.filter((one) => one.work.key !== key));
}

async function ask(work: Work, poll: Poll, signal: AbortSignal) {
    let wait = 700;
    while (!signal.aborted) {
        try {
            const state = await poll(signal);
            if (signal.aborted) return;
            if (!state) return leaveWork(work.key);
            set(shown.map((one) => (one.work.key === work.key ? { work, state } : one)));
            if (state.status !== "going") {
                work.onEnd?.(state);
                return;
            }
            wait = Math.min(wait * 1.15, 3000);
        } catch (error) {
            if (signal.aborted) return;
            if (error instanceof Problem && [401, 403, 404].includes(error.status)) return leaveWork(work.key);
            wait = Math.min(wait * 2, 15_000);
        }
        await new Promise((resolve) => setTimeout(resolve, document.hidden ? wait * 4 : wait));
    }
}

/** Takes up what went on before the reload. */
export function resumeWork() {
    try {
        const kept = JSON.parse(sessionStorage.getItem(place()) ?? "[]") as Work[];
        for (const work of kept) {
            if (kinds.has(kindOf(work.key)) && !polling.has(work.key)) followWork(work);
        }
    } catch {
        // What can't be read is not taken up.
    }
}

/** The cards of an organization that was left stay there. */
export function clearWork() {
    polling.forEach((ending) => ending.abort());
    polling.clear();
    shown = [];
    listeners.forEach((listener) => listener());
}

export const useWork = (): ShownWork[] => useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
}, () => shown);
