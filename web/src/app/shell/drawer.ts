import { useEffect, type RefObject } from "react";

const reachable = 'a[href], button:not([disabled]), input:not([disabled]), [tabindex]:not([tabindex="-1"])';

/** While it is open the focus stays inside; Esc closes it; afterwards the focus is where it was. */
export function useDrawer(drawer: RefObject<HTMLElement>, isOpen: boolean, onClose: () => void) {
    useEffect(() => {
        const element = drawer.current;
        if (!isOpen || !element) return;
        const before = document.activeElement;
        element.querySelector<HTMLElement>(reachable)?.focus();
        const key = (event: KeyboardEvent) => {
            if (document.querySelector("dialog[open]")) return;
            if (event.key === "Escape") {
                event.preventDefault();
                onClose();
            }
            if (event.key !== "Tab") return;
            const all = [...element.querySelectorAll<HTMLElement>(reachable)].filter((one) => one.offsetParent !== null);
            const [first, last] = [all[0], all[all.length - 1]];
            const isOutside = !element.contains(document.activeElement);
            if (event.shiftKey && (document.activeElement === first || isOutside)) {
                event.preventDefault();
                last?.focus();
            } else if (!event.shiftKey && (document.activeElement === last || isOutside)) {
                event.preventDefault();
                first?.focus();
            }
        };
        document.addEventListener("keydown", key);
        return () => {
            document.removeEventListener("keydown", key);
            if (before instanceof HTMLElement && before.isConnected) before.focus();
        };
    }, [drawer, isOpen, onClose]);
}
