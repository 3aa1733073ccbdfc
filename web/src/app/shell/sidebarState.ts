import { useSyncExternalStore } from "react";

/** Of narrow screens: whether the drawer is out. Of wide ones: whether the sidebar shows icons only. */
interface SidebarState {
    isOpen: boolean;
    isFolded: boolean;
}

const kept = "stratikey-sidebar";

function wasFolded(): boolean {
    try {
        return localStorage.getItem(kept) === "folded";
    } catch {
        return false;
    }
}

let state: SidebarState = { isOpen: false, isFolded: wasFolded() };
const listeners = new Set<() => void>();

function set(next: Partial<SidebarState>) {
    state = { ...state, ...next };
    listeners.forEach((listener) => listener());
}

const useSidebar = (): SidebarState => useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
}, () => state);

/** The drawer of narrow screens. */
export const openSidebar = () => set({ isOpen: true });
export const closeSidebar = () => {
    if (state.isOpen) set({ isOpen: false });
};
export const useSidebarOpen = (): boolean => useSidebar().isOpen;

/** Folds the sidebar to its icons, or unfolds it; this browser keeps it so. */
export function turnSidebar() {
    set({ isFolded: !state.isFolded });
    try {
        localStorage.setItem(kept, state.isFolded ? "folded" : "open");
    } catch {
        // A browser that keeps nothing shows it unfolded next time.
    }
}

export const useSidebarFolded = (): boolean => useSidebar().isFolded;
