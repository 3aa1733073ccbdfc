import { whenIdle } from "../idle";
import { isKeepable, keyOf, pathsOf } from "./keeping";

/** What is kept stands in one cache per person, under this and the person's id. */
export const keptPrefix = "stratikey-records-";
/** Answers that are kept, at most; the oldest go first. */
const most = 600;

interface Answer {
    url: URL;
    organization: string | null;
    body: string;
}

const waiting = new Map<string, Answer>();
const paths = new Map<string, ReadonlySet<string>>();
let writing: Promise<void> = Promise.resolve();
let puts = 0;

/** What opens the page without a connection: without it, what is kept could not be read. */
const isReadable = () => "caches" in window && !!navigator.serviceWorker?.controller;

/** Keeps an answer for when there is no connection, once the page has shown it. */
export function keepAnswer(address: string, organization: string | null, body: string) {
    const url = new URL(address, window.location.origin);
    if (!isReadable() || !isKeepable(url, null)) return;
    if (waiting.size === 0) whenIdle(() => void (writing = writing.then(writeAll).catch(() => undefined)));
    waiting.set(keyOf(url, organization), { url, organization, body });
}

/** The answer that was kept last, with `X-Kept-At`. */
export async function keptAnswer(address: string, organization: string | null): Promise<Response | undefined> {
    const url = new URL(address, window.location.origin);
    if (!isReadable() || !isKeepable(url, null)) return undefined;
    const name = await cacheName();
    return name ? caches.match(keyOf(url, organization), { cacheName: name }) : undefined;
}

async function writeAll() {
    const answers = [...waiting];
    waiting.clear();
    for (const [key, answer] of answers) await write(key, answer);
}

/** Putting replaces the former answer at once, and makes it the newest: a page that goes away leaves no gap. */
async function write(key: string, { url, organization, body }: Answer) {
    if (url.pathname === "/api/v1/me") await beginFor(body);
    if (url.pathname === "/api/v1/meta" && organization) paths.set(organization, pathsOf(body));
    const name = await cacheName();
    if (!name || !isKeepable(url, await pathsFor(organization))) return;
    const cache = await caches.open(name);
    await cache.put(key, new Response(body, { headers: { "Content-Type": "application/json", "X-Kept-At": new Date().toISOString() } }));
    if (++puts % 40 !== 0) return;
    const keys = await cache.keys();
    await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((one) => cache.delete(one)));
}

async function cacheName(): Promise<string | undefined> {
    return (await caches.keys()).find((name) => name.startsWith(keptPrefix));
}

/** What is kept belongs to one person: where another is signed in, everything of the former goes. */
async function beginFor(profile: string) {
    const wanted = keptPrefix + (JSON.parse(profile) as { user: { id: string } }).user.id;
    await forgetCaches(wanted);
    await caches.open(wanted);
}

/** Takes away all that is kept, and what was about to be. */
export async function forgetAnswers() {
    waiting.clear();
    await writing;
    await forgetCaches();
}

async function forgetCaches(except?: string) {
    if (!("caches" in window)) return;
    const names = (await caches.keys()).filter((name) => name.startsWith(keptPrefix) && name !== except);
    await Promise.all(names.map((name) => caches.delete(name)));
}

/** The paths of the organization's entities, from its metadata. */
async function pathsFor(organization: string | null): Promise<ReadonlySet<string>> {
    const known = organization ? paths.get(organization) : new Set<string>();
    if (known) return known;
    const kept = await keptAnswer("/api/v1/meta", organization);
    const found = kept ? pathsOf(await kept.text()) : new Set<string>();
    if (kept && organization) paths.set(organization, found);
    return found;
}
