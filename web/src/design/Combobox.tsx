import { useCallback, useEffect, useId, useRef, useState, type ReactNode } from "react";
import { Floating } from "./Floating";
import { designTexts } from "./texts";

export interface Option {
    value: string;
    label: string;
    aside?: ReactNode;
    before?: ReactNode;
}

interface Props {
    /** What is chosen now. */
    value: Option | null;
    onChange: (value: Option | null) => void;
    /** The options for what was typed; called again for every change of it. */
    find: (text: string, signal: AbortSignal) => Promise<Option[]> | Option[];
    id?: string;
    label?: string;
    placeholder?: string;
    clearable?: boolean;
    autoFocus?: boolean;
    /** The options are shown from the beginning. */
    startOpen?: boolean;
    className?: string;
    /** Offers to make what was typed. */
    create?: { label: (text: string) => string; run: (text: string) => void };
    onClose?: () => void;
    "aria-invalid"?: boolean;
    "aria-describedby"?: string;
    "aria-required"?: boolean;
}

/** A field in which one of many is found by typing (ARIA combobox with a list). */
export function Combobox({ value, onChange, find, label, placeholder, clearable, create, onClose, className, autoFocus, startOpen, ...rest }: Props) {
    const [open, setOpen] = useState(startOpen ?? false);
    const [text, setText] = useState<string | null>(null);
    const [options, setOptions] = useState<Option[] | null>(null);
    const [at, setAt] = useState(0);
    const input = useRef<HTMLInputElement>(null);
    const list = useId();
    useEffect(() => {
        if (open) document.getElementById(`${list}-${at}`)?.scrollIntoView({ block: "nearest" });
    }, [open, at, list]);
    const answered = useRef<string | null>(null);
    const isEarly = useRef(false);
    const close = useCallback(() => {
        setOpen(false);
        setText(null);
        onClose?.();
    }, [onClose]);
    useEffect(() => {
        if (!open) return;
        const ending = new AbortController();
        const found = find(text ?? "", ending.signal);
        answered.current = null;
        isEarly.current = false;
        const take = (all: Option[]) => {
            answered.current = text ?? "";
            setOptions(all);
            // Enter alone changes nothing: what is chosen already is where the arrows begin.
            if (text === null && value) setAt(all.findIndex((one) => one.value === value.value));
            // Enter was pressed before the answer to what was typed had come.
            if (!isEarly.current || !all[0]) return;
            onChange(all[0]);
            close();
        };
        setAt(0);
        if (Array.isArray(found)) take(found);
        else found.then((all) => !ending.signal.aborted && take(all)).catch(() => undefined);
        return () => ending.abort();
    }, [open, text, find]);
    const offersNew = !!create && !!text?.trim();
    const count = (options?.length ?? 0) + (offersNew ? 1 : 0);
    const choose = (index: number) => {
        const option = options?.[index];
        if (option) onChange(option);
        else if (offersNew && create && text) create.run(text.trim());
        else return;
        close();
    };
    const key = (event: React.KeyboardEvent) => {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            if (!open) setOpen(true);
            else if (count) setAt((at + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
        } else if (event.key === "Enter" && open) {
            event.preventDefault();
            if (answered.current === (text ?? "")) choose(at);
            else isEarly.current = text !== null;
        } else if (event.key === "Backspace" && clearable && value && text === null && input.current?.selectionStart === 0 && input.current.selectionEnd === value.label.length) {
            onChange(null);
        }
    };
    return (
        <div className={["combobox", className].filter(Boolean).join(" ")}>
            <input
                ref={input}
                className="input"
                role="combobox"
                aria-expanded={open}
                aria-controls={list}
                aria-autocomplete="list"
                aria-label={label}
                aria-activedescendant={open && count && at >= 0 ? `${list}-${at}` : undefined}
                autoComplete="off"
                autoFocus={autoFocus}
                placeholder={placeholder ?? designTexts("search")}
                value={text ?? value?.label ?? ""}
                onFocus={(event) => event.target.select()}
                onClick={() => setOpen(true)}
                onChange={(event) => {
                    setText(event.target.value);
                    setOpen(true);
                    if (clearable && event.target.value === "") onChange(null);
                }}
                onBlur={() => text !== null && !open && setText(null)}
                onKeyDown={key}
                {...rest}
            />
            {open && (
                <Floating anchor={input} onClose={close} matchWidth>
                    <div role="listbox" id={list} aria-label={label ?? placeholder ?? designTexts("search")}>
                        {options?.map((option, index) => (
                            <div
                                key={option.value}
                                id={`${list}-${index}`}
                                role="option"
                                aria-selected={option.value === value?.value}
                                className="menu-item"
                                data-active={index === at}
                                onMouseMove={() => setAt(index)}
                                onMouseDown={(event) => event.preventDefault()}
                                onClick={() => choose(index)}
                            >
                                {option.before}
                                <span className="truncate">{option.label}</span>
                                {option.aside && <span className="aside">{option.aside}</span>}
                            </div>
                        ))}
                        {offersNew && (
                            <div id={`${list}-${options?.length ?? 0}`} role="option" aria-selected={false} className="menu-item" data-active={at === (options?.length ?? 0)} onMouseDown={(event) => event.preventDefault()} onClick={() => choose(options?.length ?? 0)}>
                                {create?.label(text?.trim() ?? "")}
                            </div>
                        )}
                        {options?.length === 0 && !offersNew && <div className="menu-heading" role="option" aria-selected={false} aria-disabled="true">{designTexts("nothing")}</div>}
                        {options === null && <div className="menu-heading" role="option" aria-selected={false} aria-disabled="true">{designTexts("loading")}</div>}
                    </div>
                </Floating>
            )}
        </div>
    );
}
