import { language, texts } from "../../app/language";
import { keepAnswer, keptAnswer } from "./answers";
import { noteKept } from "./kept";
import { Problem } from "./problem";

type Query = Record<string, string | number | boolean | null | undefined>;

interface Options {
    query?: Query | URLSearchParams;
    body?: unknown;
    headers?: Record<string, string>;
    signal?: AbortSignal;
}

const base = "/api/v1";
const t = texts({
    it: { offline: "Il server non risponde. Controlla la connessione: quello che hai scritto resta qui." },
    en: { offline: "The server does not answer. Check the connection: what you typed stays here." },
});
const realm: { organization: string | null; cookie: string; onSignedOut: () => void; onOtherOrganization: () => void } = {
    organization: null,
    cookie: "stratikey_csrf",
    onSignedOut: () => undefined,
    onOtherOrganization: () => undefined,
};

/** Says in whose name requests are sent, and what to do when the session has ended. */
export function configure(settings: Partial<typeof realm>) {
    Object.assign(realm, settings);
}

/** The organization that is open, if one is. */
export const openOrganization = () => realm.organization;

function proof(): string {
    const names = [`__Host-${realm.cookie}`, realm.cookie];
    const cookies = document.cookie.split("; ").map((one) => one.split("=") as [string, string]);
    return cookies.find(([name]) => names.includes(name))?.[1] ?? "";
}

/** The address of a route with its query; empty values are left out. */
export function address(path: string, query?: Query | URLSearchParams): string {
    if (!query) return base + path;
    const words = query instanceof URLSearchParams ? query : new URLSearchParams();
    if (!(query instanceof URLSearchParams)) {
        for (const [name, value] of Object.entries(query)) {
            if (value !== null && value !== undefined && value !== "") words.set(name, String(value));
        }
    }
    const text = words.toString();
    return text ? `${base}${path}?${text}` : base + path;
}

function headers(method: string, options: Options): Record<string, string> {
    const sent: Record<string, string> = { Accept: "application/json", "Accept-Language": language(), ...options.headers };
    if (realm.organization) sent["X-Organization-ID"] = realm.organization;
    if (method !== "GET") sent["X-CSRF-Token"] = proof();
    if (options.body !== undefined && !(options.body instanceof FormData)) sent["Content-Type"] = "application/json";
    return sent;
}

/** Sends a request and gives the answer, whatever it is, unless it is a problem; without a connection, the one that is kept. */
export async function send(method: string, path: string, options: Options = {}): Promise<Response> {
    let answer: Response;
    const asked = address(path, options.query);
    const kept = () => (method === "GET" ? keptAnswer(asked, realm.organization).catch(() => undefined) : undefined);
    try {
        answer = await fetch(asked, {
            method,
            headers: headers(method, options),
            credentials: "same-origin",
            ...(options.body === undefined ? {} : { body: options.body instanceof FormData ? options.body : JSON.stringify(options.body) }),
            ...(options.signal ? { signal: options.signal } : {}),
        });
    } catch (error) {
        if (error instanceof DOMException && error.name === "AbortError") throw error;
        const former = await kept();
        if (!former) throw new Problem(0, { code: "offline", detail: t("offline") });
        answer = former;
    }
    if (answer.status >= 502 && answer.status <= 504) answer = (await kept()) ?? answer;
    noteKept(answer.headers.get("X-Kept-At"));
    if (answer.ok || answer.status === 304) return answer;
    const problem = new Problem(answer.status, (await answer.json().catch(() => ({}))) as Record<string, unknown>);
    refused(problem);
    throw problem;
}

/** Says what a refusal means for the whole page: that the session has ended, or is in another organization. */
export function refused(problem: Problem) {
    if (problem.status === 401) realm.onSignedOut();
    if (problem.code === "organization_mismatch") realm.onOtherOrganization();
}

async function json<Answer>(method: string, path: string, options: Options): Promise<Answer> {
    const { organization } = realm;
    const answer = await send(method, path, options);
    if (answer.status === 204) return null as Answer;
    const body = await answer.text();
    const decoded = JSON.parse(body) as Answer;
    if (method === "GET" && answer.status === 200 && !answer.headers.has("X-Kept-At")) keepAnswer(address(path, options.query), organization, body);
    return decoded;
}

/** The API, with the session's cookie: answers are decoded, anything but success throws a `Problem`. */
export const api = {
    get: <Answer>(path: string, query?: Query | URLSearchParams, signal?: AbortSignal) =>
        json<Answer>("GET", path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) }),
    post: <Answer>(path: string, body?: unknown, more: Options = {}) => json<Answer>("POST", path, { ...more, body: body ?? {} }),
    put: <Answer>(path: string, body: unknown, more: Options = {}) => json<Answer>("PUT", path, { ...more, body }),
    patch: <Answer>(path: string, body: unknown, more: Options = {}) => json<Answer>("PATCH", path, { ...more, body }),
    delete: <Answer = null>(path: string, more: Options = {}) => json<Answer>("DELETE", path, more),
};

/** Sends a form and tells how much of it has gone; the answer as `api` gives it. */
export function upload<Answer>(path: string, form: FormData, onProgress: (sent: number, total: number) => void, signal: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open("POST", address(path));
        for (const [name, value] of Object.entries(headers("POST", { body: form }))) request.setRequestHeader(name, value);
        request.responseType = "json";
        request.upload.onprogress = (event) => onProgress(event.loaded, event.total);
        request.onload = () => {
            if (request.status >= 200 && request.status < 300) return resolve(request.response as Answer);
            const problem = new Problem(request.status, (request.response ?? {}) as Record<string, unknown>);
            if (problem.status === 401) realm.onSignedOut();
            if (problem.code === "organization_mismatch") realm.onOtherOrganization();
            reject(problem);
        };
        request.onerror = () => reject(new Problem(0, { code: "offline", detail: t("offline") }));
        request.onabort = () => reject(new DOMException("", "AbortError"));
        signal.addEventListener("abort", () => request.abort());
        request.send(form);
    });
}

/** Fetches a file and hands it to the browser to keep. */
export async function download(path: string, name: string, query?: Query | URLSearchParams): Promise<void> {
    const answer = await send("GET", path, query ? { query } : {});
    keepFile(await answer.blob(), name);
}

/** Hands what was made here to the browser to keep. */
export function keepFile(content: Blob, name: string) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
