import { useEffect, useSyncExternalStore } from "react";
import x from "bootstrap-icons/x.svg";
import { Icon } from "./Icon";
import { designTexts } from "./texts";

interface Toast {
    text: string;
    kind?: "plain" | "danger" | "success";
    action?: { label: string; run: () => void };
    /** Milliseconds; ten seconds where something can be taken back. */
    lasts?: number;
    onClose?: () => void;
}

interface Shown extends Toast {
    key: number;
}

let shown: Shown[] = [];
let nextKey = 1;
const listeners = new Set<() => void>();

function set(next: Shown[]) {
    shown = next;
    listeners.forEach((listener) => listener());
}

/** Says something at the foot of the screen for a while; gives what takes it away. */
export function toast(one: Toast): () => void {
    const key = nextKey++;
    const close = () => {
        if (!shown.some((other) => other.key === key)) return;
        set(shown.filter((other) => other.key !== key));
        one.onClose?.();
    };
    set([...shown.slice(-2), { ...one, key }]);
    return close;
}

function Item({ one }: { one: Shown }) {
    const close = () => {
        set(shown.filter((other) => other.key !== one.key));
        one.onClose?.();
    };
    useEffect(() => {
        const timer = setTimeout(close, one.lasts ?? (one.action ? 10_000 : one.kind === "danger" ? 9_000 : 5_000));
        return () => clearTimeout(timer);
    }, []);
    return (
        <div className={`toast ${one.kind ?? "plain"}`} role={one.kind === "danger" ? "alert" : "status"}>
            <span className="grow">{one.text}</span>
            {one.action && <button type="button" className="toast-action" onClick={one.action.run}>{one.action.label}</button>}
            <button type="button" className="toast-close" aria-label={designTexts("close")} onClick={close}><Icon svg={x} /></button>
        </div>
    );
}

/** Where toasts are shown; stands once in the shell. */
export function Toasts() {
    const all = useSyncExternalStore((listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
    }, () => shown);
    return <div className="toasts" aria-live="polite">{all.map((one) => <Item key={one.key} one={one} />)}</div>;
}
