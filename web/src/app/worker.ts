import { toast } from "../design/Toast";
import { api, openOrganization } from "../kernel/api/client";
import { texts } from "./language";

const t = texts({
    it: { ready: "È pronta una nuova versione", reload: "Ricarica" },
    en: { ready: "A new version is ready", reload: "Reload" },
});

/** Lets the browser keep the client and what was read last, so that both are there without a connection. Nothing depends on it. */
export function registerWorker() {
    if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
    window.addEventListener("load", () => void register().catch(() => undefined));
}

async function register() {
    const workers = navigator.serviceWorker;
    const wasControlled = !!workers.controller;
    const registration = await workers.register("/sw.js", { updateViaCache: "none" });
    let isReloading = false;
    workers.addEventListener("controllerchange", () => {
        if (!wasControlled) return rememberWhoIsHere();
        if (isReloading) window.location.reload();
    });
    const offer = (worker: ServiceWorker) => toast({
        text: t("ready"),
        lasts: 60_000,
        action: {
            label: t("reload"),
            run: () => {
                isReloading = true;
                worker.postMessage("take over");
            },
        },
    });
    if (registration.waiting && wasControlled) offer(registration.waiting);
    registration.addEventListener("updatefound", () => {
        const next = registration.installing;
        next?.addEventListener("statechange", () => {
            if (next.state === "installed" && workers.controller) offer(next);
        });
    });
    setInterval(() => void registration.update().catch(() => undefined), 60 * 60_000);
}

/** The first time, the page was fetched before the worker could keep anything: what every page begins with is asked once more. */
function rememberWhoIsHere() {
    if (openOrganization()) void Promise.all([api.get("/me"), api.get("/meta")]).catch(() => undefined);
}
