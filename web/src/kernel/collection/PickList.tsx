import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import check from "bootstrap-icons/check2.svg";
import { Icon } from "../../design/Icon";
import { designTexts } from "../../design/texts";

export interface PickOption {
    value: string;
    label: string;
    before?: ReactNode;
    aside?: ReactNode;
}

interface Props {
    /** What is chosen here. */
    label: string;
    /** Null as long as they are being fetched. */
    options: PickOption[] | null;
    /** Those that are ticked, where several can be. */
    checked?: ReadonlySet<string>;
    onPick: (value: string) => void;
    /** What was typed; the options are narrowed by whoever gives them when this is given, here otherwise. */
    onText?: (text: string) => void;
    isSearched?: boolean;
}

/** A list to pick from, with a field that narrows it: arrows move, Enter picks. One, or with ticks several. */
export function PickList({ label, options, checked, onPick, onText, isSearched = true }: Props) {
    const [text, setText] = useState("");
    const [at, setAt] = useState(0);
    const list = useId();
    const box = useRef<HTMLDivElement>(null);
    const input = useRef<HTMLInputElement>(null);
    const sought = text.trim().toLocaleLowerCase();
    const shown = options && (onText ? options : options.filter((one) => one.label.toLocaleLowerCase().includes(sought)));
    const count = shown?.length ?? 0;
    const active = Math.min(at, count - 1);
    useEffect(() => {
        (isSearched ? input.current : box.current)?.focus();
    }, [isSearched]);
    useEffect(() => {
        box.current?.querySelector("[data-active=true]")?.scrollIntoView({ block: "nearest" });
    }, [active]);
    const key = (event: KeyboardEvent) => {
        const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        const option = shown?.[active];
        if (by && count) setAt((active + by + count) % count);
        else if ((event.key === "Enter" || (event.key === " " && !isSearched)) && option) onPick(option.value);
        else return;
        event.preventDefault();
        event.stopPropagation();
    };
    const described = { "aria-controls": list, "aria-activedescendant": count ? `${list}-${active}` : undefined };
    return (
        <div className="pick-list" onKeyDown={key}>
            {isSearched && (
                <input
                    ref={input}
                    className="input bar"
                    role="combobox"
                    aria-expanded="true"
                    aria-autocomplete="list"
                    aria-label={label}
                    {...described}
                    autoComplete="off"
                    placeholder={designTexts("search")}
                    value={text}
                    onChange={(event) => {
                        setText(event.target.value);
                        setAt(0);
                        onText?.(event.target.value);
                    }}
                />
            )}
            <div ref={box} role="listbox" id={list} className="pick-options" aria-label={label} aria-multiselectable={checked ? true : undefined} tabIndex={isSearched ? -1 : 0} aria-activedescendant={isSearched ? undefined : described["aria-activedescendant"]}>
                {shown?.map((option, index) => (
                    <div
                        key={option.value}
                        id={`${list}-${index}`}
                        role="option"
                        aria-selected={checked?.has(option.value) ?? index === active}
                        className="menu-item"
                        data-active={index === active}
                        data-value={option.value}
                        onMouseMove={() => setAt(index)}
                        onMouseDown={(event) => event.preventDefault()}
                        onClick={() => onPick(option.value)}
                    >
                        {checked && <span className={checked.has(option.value) ? "pick-tick on" : "pick-tick"}>{checked.has(option.value) && <Icon svg={check} />}</span>}
                        {option.before}
                        <span className="truncate">{option.label}</span>
                        {option.aside && <span className="aside">{option.aside}</span>}
                    </div>
                ))}
                {shown?.length === 0 && <div className="menu-heading" role="option" aria-selected={false} aria-disabled="true">{designTexts("nothing")}</div>}
                {shown === null && <div className="menu-heading" role="option" aria-selected={false} aria-disabled="true">{designTexts("loading")}</div>}
            </div>
        </div>
    );
}
