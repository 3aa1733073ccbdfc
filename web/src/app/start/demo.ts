import { useSyncExternalStore } from "react";
import { api } from "../../kernel/api/client";
import { Problem } from "../../kernel/api/problem";
import { records } from "../../kernel/records/cache";
import { texts } from "../language";
import { here, to } from "../router";
import { followWork } from "../shell/work";

export type DemoStatus = "none" | "loading" | "loaded" | "removing" | "failed";

/** Null as long as it isn't known, and where the server offers no demo data or not to this person. */
let status: DemoStatus | null = null;
let asked = "";
const listeners = new Set<() => void>();

const t = texts({
    it: { loading: "Caricamento dei dati di prova", removing: "Rimozione dei dati di prova" },
    en: { loading: "Loading the demo data", removing: "Removing the demo data" },
});

function set(next: DemoStatus | null) {
    status = next;
    listeners.forEach((listener) => listener());
}

const absent = () => `stratikey-no-demo-${here().slug}`;

/** Asks once per organization whether its data is for trying out; a server without demo data isn't asked again in this tab. */
export async function askDemo(again = false) {
    const slug = here().slug;
    if ((asked === slug && !again) || sessionStorage.getItem(absent())) return;
    asked = slug;
    try {
        const answer = await api.get<{ status: DemoStatus }>("/demo-data");
        set(answer.status);
        if (answer.status === "loading" || answer.status === "removing") follow(answer.status);
    } catch (error) {
        set(null);
        if (error instanceof Problem && (error.status === 404 || error.status === 403)) sessionStorage.setItem(absent(), "1");
    }
}

function follow(now: "loading" | "removing") {
    followWork({
        key: "demo:",
        label: t(now),
        ...(now === "loading" ? { href: to("") } : {}),
        onEnd: () => {
            records.clear();
            void askDemo(true);
        },
    });
}

/** Puts the demo data in, or takes all of it out again. */
export async function changeDemo(want: "loading" | "removing") {
    if (want === "loading") await api.post("/demo-data");
    else await api.delete("/demo-data");
    set(want);
    follow(want);
}

export const useDemo = (): DemoStatus | null => useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
}, () => status);
