import { useSyncExternalStore } from "react";

let isOpen = false;
const listeners = new Set<() => void>();

function set(next: boolean) {
    isOpen = next;
    listeners.forEach((listener) => listener());
}

/** The drawer of narrow screens. */
export const openSidebar = () => set(true);
export const closeSidebar = () => set(false);

export const useSidebarOpen = (): boolean => useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
}, () => isOpen);
