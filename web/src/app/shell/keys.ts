import { useEffect } from "react";
import { texts } from "../language";

const t = texts({ it: { Delete: "Canc", Space: "Spazio" }, en: { Delete: "Del", Space: "Space" } });

/** A key of the keyboard and what it does; `where` groups them in the list that `?` shows. */
export interface Shortcut {
    /** `c`, `?`, `Escape`, `Space`, `mod+k` (Ctrl or ⌘), `g d` for one after the other. */
    keys: string;
    label: string;
    where: string;
    /** Without it, what has the focus sees to the key itself; it is listed only. */
    run?: (event: KeyboardEvent) => void;
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
    // On some keyboards [ and ] are typed with AltGr, which the system tells as Ctrl and Alt.
    const isLetter = event.key.length === 1 && event.getModifierState("AltGraph");
    const modifiers = isLetter ? "" : `${event.ctrlKey || event.metaKey ? "mod+" : ""}${event.altKey ? "alt+" : ""}`;
    const pressed = `${modifiers}${event.shiftKey && event.key.length > 1 ? "shift+" : ""}${key}`;
    const sequence = first && performance.now() - first.at < 1200 ? `${first.key} ${pressed}` : null;
    const typing = isTyping(event.target);
    const fits = (keys: string) => active.find((one) => one.run && one.keys === keys && (one.always || !typing));
    const found = (sequence ? fits(sequence) : undefined) ?? fits(pressed);
    first = null;
    if (found?.run) {
        event.preventDefault();
        found.run(event);
    } else if (!typing && active.some((one) => one.keys.startsWith(`${pressed} `))) {
        first = { key: pressed, at: performance.now() };
    }
});

/**
 * These keys work as long as the component is shown; what was mounted last goes first.
 *
 * Those of every page (`everywhere`) come after those that a page has of its own.
 */
export function useShortcuts(shortcuts: Shortcut[], everywhere = false) {
    useEffect(() => {
        if (everywhere) active.push(...shortcuts);
        else active.unshift(...shortcuts);
        return () => shortcuts.forEach((one) => active.splice(active.indexOf(one), 1));
    });
}

const isApple = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** The keys as they are written on this machine's keyboard, one after the other: `Ctrl`, `K`. */
export function keyCaps(keys: string): string[] {
    const caps: Record<string, string> = { mod: isApple ? "⌘" : "Ctrl", alt: isApple ? "⌥" : "Alt", shift: "⇧", Enter: "↵", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Delete: t("Delete"), Space: t("Space") };
    return keys.split(" ").flatMap((step) => (step === "" ? [] : step.split("+").filter(Boolean))).map((key) => caps[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}

/** The same in one line, for tooltips. */
export const keysText = (keys: string): string => keyCaps(keys).join(" ");
