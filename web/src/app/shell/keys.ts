import { useEffect } from "react";

/** A key of the keyboard and what it does; `where` groups them in the list that `?` shows. */
export interface Shortcut {
    /** `c`, `?`, `Escape`, `mod+k` (Ctrl or ⌘), `g d` for one after the other. */
    keys: string;
    label: string;
    where: string;
    run: (event: KeyboardEvent) => void;
    /** Works while typing too. */
    always?: boolean;
}

const active: Shortcut[] = [];
let first: { key: string; at: number } | null = null;

/** All that work on this screen now, the latest first. */
export const activeShortcuts = (): Shortcut[] => [...active];

const isTyping = (target: EventTarget | null): boolean =>
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !(target instanceof HTMLInputElement && target.type === "checkbox"));

window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if (document.querySelector("dialog[open]") && !(event.metaKey || event.ctrlKey)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const pressed = `${event.ctrlKey || event.metaKey ? "mod+" : ""}${event.altKey ? "alt+" : ""}${event.shiftKey && event.key.length > 1 ? "shift+" : ""}${key}`;
    const sequence = first && performance.now() - first.at < 1200 ? `${first.key} ${pressed}` : null;
    const typing = isTyping(event.target);
    const fits = (keys: string) => active.find((one) => one.keys === keys && (one.always || !typing));
    const found = (sequence ? fits(sequence) : undefined) ?? fits(pressed);
    first = null;
    if (found) {
        event.preventDefault();
        found.run(event);
    } else if (!typing && active.some((one) => one.keys.startsWith(`${pressed} `))) {
        first = { key: pressed, at: performance.now() };
    }
});

/** These keys work as long as the component is shown; what was mounted last goes first. */
export function useShortcuts(shortcuts: Shortcut[]) {
    useEffect(() => {
        active.unshift(...shortcuts);
        return () => shortcuts.forEach((one) => active.splice(active.indexOf(one), 1));
    });
}
