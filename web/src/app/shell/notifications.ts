import { useSyncExternalStore } from "react";
import { api } from "../../kernel/api/client";
import { Problem } from "../../kernel/api/problem";
import { onChange, onReset } from "../../kernel/stream/stream";

/** What someone should know, as `/notifications` tells it. */
export interface Notification {
    id: string;
    kind: string;
    title: string;
    record: { type: string; id: string; label: string } | null;
    created_at: string;
    read_at: string | null;
    actor: { id: string; name: string } | null;
}

/** How many are unread; null where the server has no notifications, or before it has said. */
let unread: number | null = null;
const listeners = new Set<() => void>();

function set(next: number | null) {
    if (next === unread) return;
    unread = next;
    listeners.forEach((listener) => listener());
}

export const useUnread = (): number | null => useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
}, () => unread);

async function count() {
    try {
        set((await api.get<{ unread: number }>("/notifications/count")).unread);
    } catch (error) {
        if (error instanceof Problem && error.status === 404) set(null);
    }
}

/** Keeps the count current for as long as an organization is open. Gives what ends it. */
export function followNotifications(): () => void {
    void count();
    const endChange = onChange((change) => {
        if (change.event !== "notification") return;
        if (typeof change["unread"] === "number") set(change["unread"]);
        else void count();
    });
    const endReset = onReset(() => void count());
    return () => {
        endChange();
        endReset();
        set(null);
    };
}

/** Marks as read, on the screen at once. */
export async function markRead(ids: string[] | "all"): Promise<void> {
    const before = unread;
    if (unread !== null) set(ids === "all" ? 0 : Math.max(0, unread - ids.length));
    try {
        set((await api.post<{ unread: number }>("/notifications/read", ids === "all" ? { all: true } : { ids })).unread);
    } catch (error) {
        set(before);
        throw error;
    }
}
