import { useEffect, useRef, useState, type ChangeEvent, type KeyboardEvent } from "react";

let isPressed = false;
const events: [string, boolean][] = [["pointerdown", true], ["pointerup", false], ["pointercancel", false]];

/** Runs it at once, or after the press that is going on: what grows meanwhile would move away what is being pressed. */
function afterPress(run: () => void) {
    if (isPressed) window.addEventListener("pointerup", () => setTimeout(run), { once: true });
    else run();
}

for (const [name, pressed] of events) window.addEventListener(name, () => (isPressed = pressed), true);

interface Meaning {
    /** What was typed as a value; null where it can't be read. */
    read: (text: string) => string | null;
    /** A value as the language writes it; whatever is none as it stands. */
    write: (value: string) => string;
    /** What is wrong with that text. */
    explain: (text: string) => string;
    /** Nothing is a fault too. */
    needed?: boolean;
}

/**
 * A field in which a value is typed freely: the text stays as it was typed until it is left, every change hands over
 * what it means, or the text itself as long as it can't be read. The control is then invalid, so that a form waits.
 */
export function useTyped(value: string, onChange: (value: string) => void, { read, write, explain, needed = false }: Meaning) {
    const input = useRef<HTMLInputElement>(null);
    const [typed, setTyped] = useState<string | null>(null);
    const [isTold, setTold] = useState(false);
    const text = typed ?? write(value);
    const isUnread = text.trim() ? read(text) === null : needed;
    const fault = isUnread ? explain(text.trim()) : "";
    useEffect(() => input.current?.setCustomValidity(fault), [fault]);
    useEffect(() => {
        if (document.activeElement !== input.current) setTyped(null);
    }, [value]);
    return {
        input,
        /** To be shown. */
        fault: isTold ? fault : "",
        /** The value came from elsewhere than the keyboard. */
        forget: () => setTyped(null),
        control: {
            value: text,
            onChange: (event: ChangeEvent<HTMLInputElement>) => {
                const next = event.target.value;
                const meant = next.trim() ? read(next) : "";
                setTyped(next);
                if (meant !== null) setTold(false);
                onChange(meant ?? next);
            },
            onBlur: () => {
                if (isUnread) afterPress(() => setTold(true));
                else setTyped(null);
            },
            onInvalid: () => setTold(true),
        },
        /** Enter says what is wrong; whether it also saves is up to who listens further up. */
        tell: (event: KeyboardEvent) => event.key === "Enter" && setTold(isUnread),
    };
}
