declare const self: ServiceWorkerGlobalScope;
/** The client's files without which nothing is shown, those that are fetched late, and a name for all of them; from build.mjs. */
declare const SHELL_FILES: string[];
declare const LATE_FILES: string[];
declare const SHELL_VERSION: string;

const shellName = `stratikey-shell-${SHELL_VERSION}`;
const page = "/o/-";

/** Not in the types yet: requests that need not wake the worker. */
type Routed = ExtendableEvent & { addRoutes?: (rule: { condition: { urlPattern: string }; source: "network" }) => Promise<void> };

self.addEventListener("install", (event) => {
    // The API's answers are kept by the page itself, once it has shown them: on their way through here they would come late.
    (event as Routed).addRoutes?.({ condition: { urlPattern: "/api/*" }, source: "network" });
    event.waitUntil((async () => {
        const cache = await caches.open(shellName);
        await cache.addAll(SHELL_FILES);
        await keepPage(await fetch(page, { credentials: "same-origin" }).catch(() => null));
    })());
});

self.addEventListener("activate", (event) => {
    event.waitUntil((async () => {
        const former = (await caches.keys()).filter((name) => name.startsWith("stratikey-shell-") && name !== shellName);
        await Promise.all(former.map((name) => caches.delete(name)));
        await self.clients.claim();
        // One by one, so that they stand in nobody's way.
        const cache = await caches.open(shellName);
        for (const file of LATE_FILES) if (!(await cache.match(file))) await cache.add(file).catch(() => undefined);
    })());
});

self.addEventListener("message", (event) => {
    if (event.data === "take over") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== self.location.origin) return;
    if (request.mode === "navigate" && url.pathname.startsWith("/o/")) event.respondWith(openPage(request));
    else if (url.pathname.startsWith("/assets/")) event.respondWith(openAsset(request));
});

async function keepPage(answer: Response | null) {
    if (answer?.ok && !answer.redirected && answer.headers.get("Content-Type")?.startsWith("text/html")) await (await caches.open(shellName)).put(page, answer);
}

/** The page itself: the server's while it answers within a few seconds, else the one that is kept. */
async function openPage(request: Request): Promise<Response> {
    const kept = await caches.match(page, { cacheName: shellName });
    try {
        const answer = await (kept ? Promise.race([fetch(request), late(4000)]) : fetch(request));
        return answer.status >= 502 && kept ? kept : answer;
    } catch (error) {
        if (kept) return kept;
        throw error;
    }
}

const late = (milliseconds: number) => new Promise<Response>((_, reject) => setTimeout(() => reject(new Error("late")), milliseconds));

/** Files have their digest in their names: one that is kept is the right one. */
async function openAsset(request: Request): Promise<Response> {
    const kept = await caches.match(request, { cacheName: shellName });
    if (kept) return kept;
    const answer = await fetch(request);
    if (answer.ok) {
        const copy = answer.clone();
        void caches.open(shellName).then((cache) => cache.put(request, copy)).catch(() => undefined);
    }
    return answer;
}

export {};
