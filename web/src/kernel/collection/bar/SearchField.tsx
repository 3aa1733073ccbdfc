import { useEffect, useRef, useState } from "react";
import search from "bootstrap-icons/search.svg";
import x from "bootstrap-icons/x.svg";
import { useShortcuts } from "../../../app/shell/keys";
import { Icon } from "../../../design/Icon";
import { t } from "./barTexts";

/** Narrows the list to what was typed: shortly after the last key, or at once on Enter. */
export function SearchField({ name, value, onChange }: { name: string; value: string; onChange: (text: string) => void }) {
    const [text, setText] = useState(value);
    const input = useRef<HTMLInputElement>(null);
    const sent = useRef(value);
    useEffect(() => {
        if (value === sent.current) return;
        sent.current = value;
        setText(value);
    }, [value]);
    const send = (typed: string) => {
        if (typed === sent.current) return;
        sent.current = typed;
        onChange(typed);
    };
    useEffect(() => {
        if (text === sent.current) return;
        const timer = setTimeout(() => send(text), 200);
        return () => clearTimeout(timer);
    }, [text]);
    useShortcuts([{ keys: "/", label: t("search", { name }), where: t("where"), run: () => input.current?.focus() }]);
    return (
        <div className="search-field" role="search">
            <Icon svg={search} />
            <input
                ref={input}
                className="input bar"
                type="text"
                inputMode="search"
                aria-label={t("search", { name })}
                title={`${t("search", { name })} (/)`}
                placeholder={t("searchShort")}
                maxLength={200}
                value={text}
                onChange={(event) => setText(event.target.value)}
                onKeyDown={(event) => {
                    if (event.key === "Enter") send(text);
                    // In a sheet, Esc on an empty field closes the sheet.
                    if (event.key !== "Escape" || (!text && input.current?.closest("dialog"))) return;
                    event.stopPropagation();
                    event.preventDefault();
                    if (text) setText("");
                    else input.current?.blur();
                }}
            />
            {text && <button type="button" className="search-clear" aria-label={t("clear")} onClick={() => {
                setText("");
                input.current?.focus();
            }}><Icon svg={x} /></button>}
        </div>
    );
}
