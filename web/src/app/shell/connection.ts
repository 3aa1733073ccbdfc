import { useEffect, useState, useSyncExternalStore } from "react";
import { onShownSince, shownSince } from "../../kernel/api/kept";
import { isLive, onLive } from "../../kernel/stream/stream";

/** How the connection stands: there; the device has none; the server does not answer; there again just now. */
export type Connection = "fine" | "offline" | "silent" | "back";

/** Shorter gaps are not worth a word: the stream takes them up by itself. */
const grace = 2500;
const backFor = 4000;

let sent = 0;
const sentListeners = new Set<() => void>();

/** Tells that edits which were kept have been sent. */
export function sayBackOnline(count: number) {
    sent += count;
    sentListeners.forEach((listener) => listener());
}

function current(): "fine" | "offline" | "silent" {
    return !navigator.onLine ? "offline" : isLive() ? "fine" : "silent";
}

function subscribe(listener: () => void): () => void {
    const end = onLive(listener);
    window.addEventListener("online", listener);
    window.addEventListener("offline", listener);
    return () => {
        end();
        window.removeEventListener("online", listener);
        window.removeEventListener("offline", listener);
    };
}

/** How the connection stands, and how many kept edits were sent since it is back. */
export function useConnection(): { connection: Connection; sent: number; since: string | null } {
    const now = useSyncExternalStore(subscribe, current);
    const [shown, setShown] = useState<Connection>(now === "offline" ? "offline" : "fine");
    const [count, setCount] = useState(0);
    const since = useSyncExternalStore(onShownSince, shownSince);
    useEffect(() => {
        const hear = () => setCount(sent);
        sentListeners.add(hear);
        return () => {
            sentListeners.delete(hear);
        };
    }, []);
    useEffect(() => {
        if (now === "fine" && (shown === "fine" || shown === "back")) return;
        const timer = setTimeout(() => setShown(now === "fine" ? "back" : now), now === "silent" && shown === "fine" ? grace : 0);
        return () => clearTimeout(timer);
    }, [now, shown]);
    useEffect(() => {
        if (shown !== "back") return;
        const timer = setTimeout(() => {
            setShown("fine");
            sent = 0;
            setCount(0);
        }, backFor);
        return () => clearTimeout(timer);
    }, [shown]);
    return { connection: shown, sent: count, since };
}
