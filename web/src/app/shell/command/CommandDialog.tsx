import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import searchIcon from "bootstrap-icons/search.svg";
import x from "bootstrap-icons/x-lg.svg";
import { IconButton, Kbd } from "../../../design/Button";
import { Icon } from "../../../design/Icon";
import { designTexts } from "../../../design/texts";
import { texts } from "../../language";
import { keyCaps, keysText } from "../keys";
import { CommandLine } from "./CommandLine";
import type { Command } from "./types";
import { useGroups } from "./useGroups";
import { useSearch } from "./useSearch";

const t = texts({
    it: {
        title: "Menu dei comandi", placeholder: "Cerca, vai a una pagina o crea…", choose: "scegli", open: "apri", openAside: "apri a lato", close: "chiudi",
        nothing: "Nessun risultato per «{query}»", none: "Nessun record contiene «{query}»", nothingText: "Prova con meno lettere, con un altro nome o con il codice.", found: { one: "{count} risultato", other: "{count} risultati" }, searching: "Ricerca in corso",
    },
    en: {
        title: "Command menu", placeholder: "Search, go to a page or create…", choose: "choose", open: "open", openAside: "open at the side", close: "close",
        nothing: "No results for “{query}”", none: "No record contains “{query}”", nothingText: "Try fewer letters, another name or the code.", found: { one: "{count} result", other: "{count} results" }, searching: "Searching",
    },
});

/** Finds and does anything by typing (ARIA combobox over a list of groups). */
export default function CommandDialog({ onClose }: { onClose: () => void }) {
    const dialog = useRef<HTMLDialogElement>(null);
    const list = useRef<HTMLDivElement>(null);
    const [typed, setTyped] = useState("");
    const [chosen, setChosen] = useState<string | null>(null);
    const [waits, setWaits] = useState<{ aside: boolean } | null>(null);
    const search = useSearch(typed);
    const groups = useGroups(typed, search);
    const all = useMemo(() => groups.flatMap((group) => group.commands), [groups]);
    const active = all.find((one) => one.key === chosen) ?? all[0];
    const id = useId();
    useLayoutEffect(() => {
        const element = dialog.current;
        const before = document.activeElement;
        if (element && !element.open) element.showModal();
        return () => {
            element?.close();
            if (before instanceof HTMLElement && before.isConnected) before.focus();
        };
    }, []);
    useEffect(() => {
        list.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: "nearest" });
    }, [active?.key]);
    const run = (command: Command, aside: boolean) => {
        onClose();
        // After the focus went back: what opens now keeps it.
        setTimeout(() => command.run({ aside: aside && !!command.opensAside }));
    };
    // Enter that came before the answer means the best of the answer.
    const settled = !search.isPending;
    useEffect(() => {
        if (!waits || !settled) return;
        setWaits(null);
        if (active) run(active, waits.aside);
    }, [waits, settled]);
    const key = (event: React.KeyboardEvent) => {
        event.stopPropagation();
        const at = active ? all.indexOf(active) : -1;
        const step = event.key === "ArrowDown" || (event.ctrlKey && event.key === "n") ? 1 : event.key === "ArrowUp" || (event.ctrlKey && event.key === "p") ? -1 : 0;
        if (step && all.length) {
            event.preventDefault();
            setChosen(all[(at + step + all.length) % all.length]?.key ?? null);
        } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
            event.preventDefault();
            const aside = event.ctrlKey || event.metaKey;
            const isCertain = chosen !== null || !search.isPending || active?.key.startsWith("go ");
            if (isCertain && active) run(active, aside);
            else setWaits({ aside });
        } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
            event.preventDefault();
            onClose();
        }
    };
    const hasNone = !search.isPending && typed.trim().length >= 2 && !search.hits.length;
    const said = search.isPending ? t("searching") : all.length ? t("found", { count: all.length }) : t("nothing", { query: typed.trim() });
    return (
        <dialog
            ref={dialog}
            className="command"
            aria-label={t("title")}
            onCancel={(event) => {
                event.preventDefault();
                onClose();
            }}
            onMouseDown={(event) => {
                if (event.target === dialog.current) onClose();
            }}
            onKeyDown={key}
        >
            <div className="command-field">
                <Icon svg={searchIcon} />
                <input
                    role="combobox"
                    aria-expanded={all.length > 0}
                    aria-controls={all.length ? `${id}-list` : undefined}
                    aria-autocomplete="list"
                    aria-activedescendant={active ? `${id}-${all.indexOf(active)}` : undefined}
                    aria-label={t("placeholder")}
                    placeholder={t("placeholder")}
                    autoComplete="off"
                    spellCheck={false}
                    autoFocus
                    value={typed}
                    onChange={(event) => {
                        setTyped(event.target.value);
                        setChosen(null);
                        setWaits(null);
                    }}
                />
                <IconButton look="plain" bar className="only-narrow" icon={x} label={designTexts("close")} onClick={onClose} />
            </div>
            <div className="command-busy" data-busy={search.isPending || undefined} />
            {all.length > 0 && hasNone && <p className="command-none muted">{search.problem ?? t("none", { query: typed.trim() })}</p>}
            <div className="command-list" ref={list} {...(all.length ? { role: "listbox", id: `${id}-list`, "aria-label": t("title") } : {})}>
                {groups.map((group) => (
                    <div key={group.key} role="group" aria-labelledby={`${id}-${group.key}`}>
                        <div className="command-heading" id={`${id}-${group.key}`}>{group.label}</div>
                        {group.commands.map((command) => (
                            <CommandLine
                                key={command.key}
                                id={`${id}-${all.indexOf(command)}`}
                                command={command}
                                query={typed}
                                isActive={command === active}
                                onPoint={() => setChosen(command.key)}
                                onRun={(aside) => run(command, aside)}
                            />
                        ))}
                    </div>
                ))}
                {!all.length && !search.isPending && (
                    <div className="command-nothing">
                        <strong>{search.problem ?? t("nothing", { query: typed.trim() })}</strong>
                        {!search.problem && <p className="muted">{t("nothingText")}</p>}
                    </div>
                )}
            </div>
            <div className="command-foot" aria-hidden="true">
                <Kbd>↑</Kbd><Kbd>↓</Kbd><span>{t("choose")}</span>
                <Kbd>↵</Kbd><span>{t("open")}</span>
                <Kbd>{keysText("mod+Enter")}</Kbd><span>{t("openAside")}</span>
                <Kbd>{keyCaps("Escape")}</Kbd><span>{t("close")}</span>
            </div>
            <div className="visually-hidden" role="status">{typed.trim() ? said : ""}</div>
        </dialog>
    );
}
