import { useEffect, useSyncExternalStore } from "react";
import { api } from "../../kernel/api/client";
import type { MetaIndex } from "../../kernel/meta/meta";
import { can, useMeta } from "../../kernel/meta/meta";
import type { Page } from "../../kernel/records/types";
import { startSteps } from "../../plugins/all";
import { usePlace } from "../router";
import { useSession } from "../session";

/** How far an organization's first steps are: each with whether it is done, or null before the server has said so. */
export interface StartProgress {
    organization: string;
    done: Record<string, boolean> | null;
    /** Somebody wants to see them no more, or all are done. */
    isOver: boolean;
}

let progress: StartProgress = { organization: "", done: null, isOver: true };
let askedAt = 0;
const listeners = new Set<() => void>();

function set(next: StartProgress) {
    progress = next;
    listeners.forEach((listener) => listener());
}

const place = (organization: string) => `stratikey-start-${organization}`;

function kept(organization: string): { over?: boolean; accepted?: string[] } {
    try {
        return JSON.parse(localStorage.getItem(place(organization)) ?? "{}") as { over?: boolean; accepted?: string[] };
    } catch {
        return {};
    }
}

function keep(organization: string, change: { over?: boolean; accepted?: string[] }) {
    try {
        localStorage.setItem(place(organization), JSON.stringify({ ...kept(organization), ...change }));
    } catch {
        // A browser that keeps nothing shows the steps again.
    }
}

/** The steps for whoever sets the organization up. */
export const isStarter = (meta: MetaIndex): boolean => meta.holds("settings.write");

export const stepKeys = (meta: MetaIndex): string[] => [
    ...(meta.meta.entities.some((one) => can(one, "import")) ? ["import"] : []),
    ...startSteps((id) => meta.hasPlugin(id)).filter((one) => meta.holds(one.permission)).map((one) => one.key),
    ...(meta.holds("users.invite") ? ["people"] : []),
];

async function hasData(meta: MetaIndex): Promise<boolean> {
    const imports = await api.get<Page>("/imports", { status: "done", limit: 1 });
    const deals = meta.entity("sales.opportunity");
    return imports.data.length > 0 || (!!deals && (await api.get<Page>(`/${deals.path}`, { limit: 2, fields: "id" })).data.length > 1);
}

async function hasPeople(): Promise<boolean> {
    const [members, invitations] = await Promise.all([api.get<Page>("/members", { limit: 2, fields: "id" }), api.get<Page>("/invitations", { limit: 1 })]);
    return members.data.length > 1 || invitations.data.length > 0;
}

/** Asks the server how far it is. */
export async function askProgress(meta: MetaIndex, organization: string): Promise<StartProgress> {
    askedAt = Date.now();
    const { over, accepted } = kept(organization);
    const plugins = new Map(startSteps((id) => meta.hasPlugin(id)).map((one) => [one.key, one.isDone]));
    const answers = await Promise.all(stepKeys(meta).map(async (key) => {
        const isDone = key === "import" ? hasData(meta) : key === "people" ? hasPeople() : plugins.get(key)?.() ?? Promise.resolve(true);
        return [key, (accepted ?? []).includes(key) || (await isDone.catch(() => false))] as const;
    }));
    const isOver = over === true || answers.every(([, done]) => done);
    if (isOver) keep(organization, { over: true });
    const next = { organization, done: Object.fromEntries(answers), isOver };
    set(next);
    return next;
}

/** Nobody needs to be led any more. */
export function endStart(organization: string) {
    keep(organization, { over: true });
    set({ ...progress, organization, isOver: true });
}

/** A step that somebody finds done although nothing has changed. */
export function acceptStep(organization: string, key: string) {
    keep(organization, { accepted: [...new Set([...(kept(organization).accepted ?? []), key])] });
    if (progress.done) set({ ...progress, done: { ...progress.done, [key]: true } });
}

/** The progress, asked anew while one moves about, at most every ten seconds; `always` asks although it is over. */
export function useStart(always = false): StartProgress {
    const meta = useMeta();
    const { organization } = useSession();
    const { address } = usePlace();
    useEffect(() => {
        if (!isStarter(meta)) return;
        const isNew = progress.organization !== organization.id;
        if (isNew) {
            set({ organization: organization.id, done: null, isOver: kept(organization.id).over === true });
            askedAt = 0;
        }
        if ((!progress.isOver || always) && Date.now() - askedAt > (always ? 0 : 10_000)) void askProgress(meta, organization.id).catch(() => undefined);
    }, [meta, organization.id, address, always]);
    return useSyncExternalStore((listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
    }, () => progress);
}

/** Whether an organization opens at its first steps: whoever sets it up, and nothing is there yet. */
export async function startsHere(meta: MetaIndex, organization: string): Promise<boolean> {
    if (!isStarter(meta) || kept(organization).over) return false;
    const deals = meta.entity("sales.opportunity");
    if (!deals) return false;
    try {
        return !(await api.get<Page>(`/${deals.path}`, { limit: 1, fields: "id" })).data.length;
    } catch {
        return false;
    }
}
