import { useCallback, useState } from "react";

const prefix = "stratikey-draft:";

/** What was kept under that key in this tab, or undefined. */
export function readDraft<Value>(key: string): Value | undefined {
    try {
        const text = window.sessionStorage.getItem(prefix + key);
        return text === null ? undefined : (JSON.parse(text) as Value);
    } catch {
        return undefined;
    }
}

/** Keeps a value under that key for as long as the tab lives; undefined takes it away. A full store loses nothing but the draft. */
export function writeDraft(key: string, value: unknown) {
    try {
        if (value === undefined) window.sessionStorage.removeItem(prefix + key);
        else window.sessionStorage.setItem(prefix + key, JSON.stringify(value));
    } catch {
        return;
    }
}

/**
 * A state that survives a reload of the page: what someone has typed and not sent yet.
 *
 * `key` names the place (`composer:sales.opportunity:<id>:note`); with another key the draft of that place is taken up. `clear` puts the initial value back and keeps nothing.
 */
export function useDraft<Value>(key: string, initial: Value): [Value, (next: Value | ((before: Value) => Value)) => void, () => void] {
    const [state, setState] = useState<{ key: string; value: Value }>(() => ({ key, value: readDraft<Value>(key) ?? initial }));
    let now = state;
    if (state.key !== key) {
        now = { key, value: readDraft<Value>(key) ?? initial };
        setState(now);
    }
    const set = useCallback((next: Value | ((before: Value) => Value)) => {
        setState((before) => {
            const value = typeof next === "function" ? (next as (before: Value) => Value)(before.value) : next;
            writeDraft(key, value);
            return { key, value };
        });
    }, [key]);
    const clear = useCallback(() => {
        writeDraft(key, undefined);
        setState({ key, value: initial });
    }, [key, initial]);
    return [now.value, set, clear];
}
