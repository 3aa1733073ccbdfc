import { useSyncExternalStore } from "react";
import { api } from "../../kernel/api/client";
import { records } from "../../kernel/records/cache";
import { texts } from "../language";
import { here, to } from "../router";
import { followWork } from "../shell/work";

export type DemoStatus = "none" | "loading" | "loaded" | "removing" | "failed";

/** `/demo-data`. */
export interface Demo {
    status: DemoStatus;
    failure: string | null;
    /** Whether the installation has any to load. */
    is_available: boolean;
    /** What the removal left since somebody has changed it. */
    kept: { id: string; label: string; reason: string }[];
}

/** Who may load and remove it; a server without demo data knows no such permission. */
export const demoPermission = "sales.demo.manage";

/** Null as long as it isn't known. */
let demo: Demo | null = null;
let asked = "";
const listeners = new Set<() => void>();

const t = texts({
    it: { loading: "Caricamento dei dati dimostrativi", removing: "Rimozione dei dati dimostrativi" },
    en: { loading: "Loading the demo data", removing: "Removing the demo data" },
});

function set(next: Demo | null) {
    demo = next;
    listeners.forEach((listener) => listener());
}

/** Asks once per organization whether its data is for trying out; only for those who hold `demoPermission`. */
export async function askDemo(again = false) {
    const slug = here().slug;
    if (asked === slug && !again) return;
    if (asked !== slug) set(null);
    asked = slug;
    try {
        const answer = await api.get<Demo>("/demo-data");
        set(answer);
        if (answer.status === "loading" || answer.status === "removing") follow(answer.status);
    } catch {
        asked = "";
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
    set(want === "loading" ? await api.post<Demo>("/demo-data") : await api.delete<Demo>("/demo-data"));
    follow(want);
}

export const useDemo = (): Demo | null => useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
}, () => demo);
