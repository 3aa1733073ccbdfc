import { useEffect, useRef, useState, type ReactElement, type ReactNode, cloneElement, type RefObject } from "react";
import { Floating } from "./Floating";
import { Icon } from "./Icon";
import check from "bootstrap-icons/check2.svg";

export interface MenuEntry {
    key: string;
    label: string;
    icon?: string;
    aside?: ReactNode;
    danger?: boolean;
    disabled?: boolean;
    /** Shows a tick, for entries that are on or off. */
    checked?: boolean;
    heading?: string;
    line?: boolean;
    onSelect: () => void;
}

interface Props {
    /** A button; it opens the menu. */
    children: ReactElement;
    entries: MenuEntry[];
    label: string;
    align?: "start" | "end";
}

/** A button that opens a list of commands; arrows move, Enter chooses, a letter jumps. */
export function Menu({ children, entries, label, align }: Props) {
    const [open, setOpen] = useState(false);
    const anchor = useRef<HTMLButtonElement>(null);
    return (
        <>
            {cloneElement(children, {
                innerRef: anchor,
                "aria-haspopup": "menu",
                "aria-expanded": open,
                onClick: () => setOpen(!open),
            })}
            {open && <MenuPanel anchor={anchor} entries={entries} label={label} {...(align ? { align } : {})} onClose={() => setOpen(false)} />}
        </>
    );
}

/** The open menu, on any anchor. */
export function MenuPanel({ anchor, entries, label, align, onClose }: { anchor: RefObject<HTMLElement>; entries: MenuEntry[]; label: string; align?: "start" | "end"; onClose: () => void }) {
    const list = useRef<HTMLDivElement>(null);
    useEffect(() => {
        list.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus();
    }, []);
    const move = (event: React.KeyboardEvent) => {
        const items = [...(list.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
        const at = items.indexOf(document.activeElement as HTMLElement);
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        event.stopPropagation();
        if (step) {
            event.preventDefault();
            items[(at + step + items.length) % items.length]?.focus();
        } else if (event.key === "Tab") {
            onClose();
        } else if (event.key.length === 1) {
            const letter = event.key.toLowerCase();
            [...items.slice(at + 1), ...items].find((item) => item.textContent?.trim().toLowerCase().startsWith(letter))?.focus();
        }
    };
    return (
        <Floating anchor={anchor} onClose={onClose} {...(align ? { align } : {})}>
            <div role="menu" aria-label={label} ref={list} onKeyDown={move}>
                {entries.map((entry) => (
                    <div key={entry.key} role="none">
                        {entry.line && <hr className="menu-line" />}
                        {entry.heading && <div className="menu-heading" role="presentation">{entry.heading}</div>}
                        <button
                            type="button"
                            className={entry.danger ? "menu-item danger" : "menu-item"}
                            role={entry.checked === undefined ? "menuitem" : "menuitemcheckbox"}
                            aria-checked={entry.checked}
                            aria-disabled={entry.disabled || undefined}
                            tabIndex={-1}
                            onClick={() => {
                                if (entry.disabled) return;
                                onClose();
                                anchor.current?.focus();
                                entry.onSelect();
                            }}
                        >
                            {entry.icon && <Icon svg={entry.icon} />}
                            <span className="truncate">{entry.label}</span>
                            {entry.checked && <span className="aside"><Icon svg={check} /></span>}
                            {entry.aside && <span className="aside">{entry.aside}</span>}
                        </button>
                    </div>
                ))}
            </div>
        </Floating>
    );
}
