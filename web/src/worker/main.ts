import { isKeepable, keyOf, pathsOf } from "./keeping";

declare const self: ServiceWorkerGlobalScope;
/** The client's files without which nothing is shown, those that are fetched late, and a name for all of them; from build.mjs. */
declare const SHELL_FILES: string[];
declare const LATE_FILES: string[];
declare const SHELL_VERSION: string;

const shellName = `stratikey-shell-${SHELL_VERSION}`;
const recordsPrefix = "stratikey-records-";
const page = "/o/-";
/** Answers that are kept, at most; the oldest go first. */
const most = 600;

self.addEventListener("install", (event) => {
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
    else if (url.pathname.startsWith("/api/v1/") && isKeepable(url, null)) event.respondWith(openRecords(event, request, url));
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

/** Records, lists, the metadata and who is signed in: as the server says now; without it, as it said last. */
async function openRecords(event: FetchEvent, request: Request, url: URL): Promise<Response> {
    const key = keyOf(url, request.headers.get("X-Organization-ID"));
    let answer: Response;
    try {
        answer = await fetch(request);
    } catch (error) {
        const kept = request.signal.aborted ? undefined : await keptAnswer(key);
        if (kept) return kept;
        throw error;
    }
    if (answer.status >= 502 && answer.status <= 504) return (await keptAnswer(key)) ?? answer;
    if (answer.ok && answer.status === 200 && answer.headers.get("Content-Type")?.startsWith("application/json")) {
        const copy = answer.clone();
        event.waitUntil(keepAnswer(url, key, copy, request.headers.get("X-Organization-ID")).catch(() => undefined));
    }
    return answer;
}

async function keptAnswer(key: string): Promise<Response | undefined> {
    const name = await recordsName();
    return name ? caches.match(key, { cacheName: name }) : undefined;
}

async function recordsName(): Promise<string | undefined> {
    return (await caches.keys()).find((name) => name.startsWith(recordsPrefix));
}

const paths = new Map<string, ReadonlySet<string>>();
let puts = 0;

async function keepAnswer(url: URL, key: string, answer: Response, organization: string | null) {
    const body = await answer.text();
    if (url.pathname === "/api/v1/me") await beginFor(body);
    if (url.pathname === "/api/v1/meta" && organization) paths.set(organization, pathsOf(body));
    const name = await recordsName();
    if (!name || !isKeepable(url, await pathsFor(organization))) return;
    const cache = await caches.open(name);
    const headers = new Headers({ "Content-Type": "application/json", "X-Kept-At": new Date().toISOString() });
    await cache.delete(key);
    await cache.put(key, new Response(body, { headers }));
    if (++puts % 40 === 0) {
        const keys = await cache.keys();
        await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((one) => cache.delete(one)));
    }
}

/** What is kept belongs to one person: where another is signed in, everything of the former goes. */
async function beginFor(profile: string) {
    const user = (JSON.parse(profile) as { user: { id: string } }).user.id;
    const wanted = recordsPrefix + user;
    const others = (await caches.keys()).filter((name) => name.startsWith(recordsPrefix) && name !== wanted);
    await Promise.all(others.map((name) => caches.delete(name)));
    await caches.open(wanted);
}

/** The paths of the organization's entities, from its metadata. */
async function pathsFor(organization: string | null): Promise<ReadonlySet<string>> {
    if (!organization) return new Set();
    const known = paths.get(organization);
    if (known) return known;
    const kept = await keptAnswer(keyOf(new URL("/api/v1/meta", self.location.origin), organization));
    const found = kept ? pathsOf(await kept.text()) : new Set<string>();
    if (kept) paths.set(organization, found);
    return found;
}
