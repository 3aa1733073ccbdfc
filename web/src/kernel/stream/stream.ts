import { address } from "../api/client";
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

function tell(change: Change) {
    if (change.event === "record.deleted") records.remove(change.id);
    listeners.forEach((listener) => listener(change));
}

function setLive(next: boolean) {
    if (live === next) return;
    live = next;
    stateListeners.forEach((listener) => listener());
}

/**
 * Keeps one stream per organization and browser: the tab that holds the lock reads it and passes on what it hears.
 *
 * A lost connection is taken up where it ended (`Last-Event-ID`); past an hour the server says `reset`. Gives what ends it.
 */
export function openStream(organization: string): () => void {
    const ending = new AbortController();
    const channel = new BroadcastChannel(`stratikey-stream-${organization}`);
    channel.onmessage = (message: MessageEvent<{ change?: Change; live?: boolean }>) => {
        if (message.data.change) tell(message.data.change);
        if (message.data.live !== undefined) setLive(message.data.live);
    };
    const say = (change: Change) => {
        tell(change);
        channel.postMessage({ change });
    };
    const sayLive = (is: boolean) => {
        setLive(is);
        channel.postMessage({ live: is });
    };
    const run = () => follow(organization, ending.signal, say, sayLive);
    const name = `stratikey-stream-${organization}`;
    void (navigator.locks ? navigator.locks.request(name, { signal: ending.signal }, run) : run()).catch(() => undefined);
    return () => {
        ending.abort();
        channel.close();
    };
}

async function follow(organization: string, signal: AbortSignal, say: Listener, sayLive: (is: boolean) => void) {
    let position = "";
    let wait = 1000;
    while (!signal.aborted) {
        const reader = new EventReader();
        try {
            const answer = await fetch(address("/stream"), {
                headers: { "X-Organization-ID": organization, Accept: "text/event-stream", ...(position ? { "Last-Event-ID": position } : {}) },
                credentials: "same-origin",
                signal,
            });
            if (!answer.ok || !answer.body) throw new Error(String(answer.status));
            const chunks = answer.body.pipeThrough(new TextDecoderStream()).getReader();
            sayLive(true);
            wait = 1000;
            for (;;) {
                const { done, value } = await chunks.read();
                if (done) break;
                for (const change of reader.take(value)) say(change);
                position = reader.position || position;
            }
        } catch {
            if (signal.aborted) return;
        }
        sayLive(false);
        await pause(wait + Math.random() * wait, signal);
        wait = Math.min(wait * 2, 15_000);
    }
}

/** Ends after that long, when the browser says that it is online again, or when all ends. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
        const end = () => {
            clearTimeout(timer);
            window.removeEventListener("online", end);
            signal.removeEventListener("abort", end);
            resolve();
        };
        const timer = setTimeout(end, milliseconds);
        window.addEventListener("online", end);
        signal.addEventListener("abort", end);
    });
}

/** Reads `text/event-stream` as it comes in pieces (HTML standard 9.2.6). */
export class EventReader {
    /** The id that was told last. */
    position = "";
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
            if (name === "id") this.position = value;
            if (name === "event") this.event = value;
            if (name === "data") this.data.push(value);
        }
        return changes;
    }

    private end(): Change | null {
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
