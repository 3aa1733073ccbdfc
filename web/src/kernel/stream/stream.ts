import { address, refused } from "../api/client";
import { Problem } from "../api/problem";
import { records } from "../records/cache";

/** A change as `/stream` tells it. `type` and `id` name a record; `reset` says that some were missed. */
export interface Change {
    event: string;
    type: string;
    id: string;
    version: number | null;
    by: string | null;
    [key: string]: unknown;
}

type Listener = (change: Change) => void;

const listeners = new Set<Listener>();
const stateListeners = new Set<() => void>();
let live = true;

/** Whether changes arrive: false after the connection was lost, until it is back. */
export const isLive = () => live;

export function onLive(listener: () => void): () => void {
    stateListeners.add(listener);
    return () => stateListeners.delete(listener);
}

/** Told of every change that the caller may see, of all tabs' one stream. */
export function onChange(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

/** Some changes were missed: whatever is shown has to be fetched again. */
export function onReset(listener: () => void): () => void {
    window.addEventListener("stratikey-reset", listener);
    return () => window.removeEventListener("stratikey-reset", listener);
}

/** Has every screen fetch again what it shows. */
export const resetAll = () => tell({ event: "reset", type: "", id: "", version: null, by: null });

function tell(change: Change) {
    if (change.event === "record.deleted") records.remove(change.id);
    if (change.event === "reset") window.dispatchEvent(new Event("stratikey-reset"));
    listeners.forEach((listener) => listener(change));
}

function setLive(next: boolean) {
    if (live === next) return;
    live = next;
    stateListeners.forEach((listener) => listener());
}

interface Said {
    change?: Change;
    live?: boolean;
    position?: string;
    /** A tab that was just opened asks how things stand. */
    asks?: boolean;
}

/** Where the stream stands, known to every tab: whichever reads it next goes on from there. */
interface Place {
    position: string;
    isReading: boolean;
}

/**
 * Keeps one stream per organization and browser: the tab that holds the lock reads it and passes on what it hears.
 *
 * A lost connection is taken up where it ended (`Last-Event-ID`), by another tab too; past an hour the server says `reset`. Gives what ends it.
 */
export function openStream(organization: string): () => void {
    const ending = new AbortController();
    const place: Place = { position: "", isReading: false };
    const name = `stratikey-stream-${organization}`;
    const channel = new BroadcastChannel(name);
    channel.onmessage = (message: MessageEvent<Said>) => {
        const { change, live: is, position, asks } = message.data;
        if (position) place.position = position;
        if (change) tell(change);
        if (is !== undefined) setLive(is);
        if (asks && place.isReading) channel.postMessage({ live, position: place.position });
    };
    const say = (said: Said) => {
        if (said.change) tell(said.change);
        if (said.live !== undefined) setLive(said.live);
        if (!ending.signal.aborted) channel.postMessage(said);
    };
    channel.postMessage({ asks: true });
    const run = () => {
        place.isReading = true;
        return follow(organization, place, ending.signal, say);
    };
    void (navigator.locks ? navigator.locks.request(name, { signal: ending.signal }, run) : run()).catch(() => undefined);
    return () => {
        ending.abort();
        channel.close();
        setLive(true);
    };
}

/** The server says every 25 seconds that it is there; after three times that the connection is taken for dead. */
const silence = 80_000;

async function follow(organization: string, place: Place, signal: AbortSignal, say: (said: Said) => void) {
    let wait = 500;
    while (!signal.aborted) {
        const reader = new EventReader();
        const connection = new AbortController();
        let isRefused = false;
        const cut = () => connection.abort();
        let watch = setTimeout(cut, silence);
        signal.addEventListener("abort", cut);
        window.addEventListener("offline", cut);
        try {
            const answer = await fetch(address("/stream"), {
                headers: { "X-Organization-ID": organization, Accept: "text/event-stream", ...(place.position ? { "Last-Event-ID": place.position } : {}) },
                credentials: "same-origin",
                signal: connection.signal,
            });
            if (!answer.ok || !answer.body) {
                isRefused = answer.status === 401 || answer.status === 409;
                refused(new Problem(answer.status, (await answer.json().catch(() => ({}))) as Record<string, unknown>));
                throw new Error(String(answer.status));
            }
            const chunks = answer.body.pipeThrough(new TextDecoderStream()).getReader();
            say({ live: true });
            wait = 500;
            for (;;) {
                const { done, value } = await chunks.read();
                if (done) break;
                clearTimeout(watch);
                watch = setTimeout(cut, silence);
                for (const change of reader.take(value)) say({ change });
                if (reader.position && reader.position !== place.position) {
                    place.position = reader.position;
                    say({ position: place.position });
                }
            }
        } catch {
            if (signal.aborted) return;
        } finally {
            clearTimeout(watch);
            signal.removeEventListener("abort", cut);
            window.removeEventListener("offline", cut);
        }
        // A session that has ended is no lost connection: it is taken up when someone has signed in.
        if (!isRefused) say({ live: false });
        await pause(isRefused ? 60_000 : wait + Math.random() * wait, signal);
        wait = Math.min(wait * 2, 15_000);
    }
}

/** Ends after that long, when the browser says that it is online again, when someone has signed in, or when all ends. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
        const end = () => {
            clearTimeout(timer);
            window.removeEventListener("online", end);
            window.removeEventListener("stratikey-signed-in", end);
            signal.removeEventListener("abort", end);
            resolve();
        };
        const timer = setTimeout(end, milliseconds);
        window.addEventListener("online", end);
        window.addEventListener("stratikey-signed-in", end);
        signal.addEventListener("abort", end);
    });
}

/** Reads `text/event-stream` as it comes in pieces (HTML standard 9.2.6). */
export class EventReader {
    /** The id of the event that was told last, whole. */
    position = "";
    private id = "";
    private rest = "";
    private event = "";
    private data: string[] = [];

    take(piece: string): Change[] {
        const lines = (this.rest + piece).split(/\r\n|\n|\r/);
        this.rest = lines.pop() ?? "";
        const changes: Change[] = [];
        for (const line of lines) {
            if (line === "") {
                const change = this.end();
                if (change) changes.push(change);
                continue;
            }
            const at = line.indexOf(":");
            const name = at < 0 ? line : line.slice(0, at);
            const value = at < 0 ? "" : line.slice(at + 1).replace(/^ /, "");
            if (name === "id") this.id = value;
            if (name === "event") this.event = value;
            if (name === "data") this.data.push(value);
        }
        return changes;
    }

    private end(): Change | null {
        this.position = this.id || this.position;
        const [event, data] = [this.event, this.data.join("\n")];
        this.event = "";
        this.data = [];
        if (!event || !data) return null;
        try {
            const told = JSON.parse(data) as Partial<Change>;
            return { type: "", id: "", version: null, by: null, ...told, event };
        } catch {
            return null;
        }
    }
}
