import { useEffect, useState } from "react";
import { Kbd } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { undoLast } from "../../kernel/records/undo";
import { toast } from "../../design/Toast";
import { texts } from "../language";
import { go, to } from "../router";
import { openCommandMenu } from "./CommandMenu";
import { useDestinations } from "./destinations";
import { activeShortcuts, keyCaps, useShortcuts, type Shortcut } from "./keys";
import { usePreferences } from "./preferences";
import { turnSidebar } from "./sidebarState";

const t = texts({
    it: {
        title: "Scorciatoie da tastiera", everywhere: "Ovunque", goTo: "Vai a", menu: "Cerca, vai o crea", search: "Cerca", list: "Mostra le scorciatoie",
        undo: "Annulla l'ultima modifica", noUndo: "Non c'è niente da annullare", sidebar: "Riduci o allarga il menu", theme: "Tema chiaro o scuro", then: "poi",
    },
    en: {
        title: "Keyboard shortcuts", everywhere: "Everywhere", goTo: "Go to", menu: "Search, go or create", search: "Search", list: "Show the shortcuts",
        undo: "Undo the last change", noUndo: "There is nothing to undo", sidebar: "Fold or unfold the menu", theme: "Light or dark theme", then: "then",
    },
});

const opened = "stratikey-shortcuts";

/** Shows the list of keys that work on this screen. */
export const openShortcuts = () => window.dispatchEvent(new Event(opened));

/** The keys that work on every page, and their list. */
export function Shortcuts() {
    const [shown, setShown] = useState<Shortcut[] | null>(null);
    const { turnTheme } = usePreferences();
    const destinations = useDestinations().flatMap((section) => section.entries);
    useEffect(() => {
        const open = () => setShown(activeShortcuts());
        window.addEventListener(opened, open);
        return () => window.removeEventListener(opened, open);
    }, []);
    const everywhere = (keys: string, label: string, run: () => void, always = false): Shortcut => ({ keys, label, where: t("everywhere"), run, always });
    useShortcuts([
        everywhere("mod+k", t("menu"), openCommandMenu, true),
        everywhere("/", t("search"), openCommandMenu),
        everywhere("?", t("list"), openShortcuts),
        everywhere("mod+z", t("undo"), () => {
            if (!undoLast()) toast({ text: t("noUndo"), lasts: 2500 });
        }),
        everywhere("[", t("sidebar"), turnSidebar),
        everywhere("t", t("theme"), turnTheme),
        ...destinations.flatMap((one): Shortcut[] => (one.letter ? [{ keys: `g ${one.letter}`, label: one.label, where: t("goTo"), run: () => go(to(one.path)) }] : [])),
    ], true);
    return shown && <ShortcutsDialog shortcuts={shown} onClose={() => setShown(null)} />;
}

function ShortcutsDialog({ shortcuts, onClose }: { shortcuts: Shortcut[]; onClose: () => void }) {
    const groups = new Map<string, Shortcut[]>();
    const seen = new Set<string>();
    for (const one of shortcuts) {
        // One key does one thing on a page, whatever may have the focus it does besides.
        if (one.run && seen.has(one.keys)) continue;
        if (one.run) seen.add(one.keys);
        groups.set(one.where, [...(groups.get(one.where) ?? []), one]);
    }
    return (
        <Dialog title={t("title")} onClose={onClose} wide>
            <div className="shortcuts">
                {[...groups].map(([where, all]) => (
                    <section key={where} aria-label={where}>
                        <h3>{where}</h3>
                        <dl>
                            {all.map((one) => (
                                <div key={one.keys} className="shortcut">
                                    <dt>{one.label}</dt>
                                    <dd><Keys keys={one.keys} /></dd>
                                </div>
                            ))}
                        </dl>
                    </section>
                ))}
            </div>
        </Dialog>
    );
}

/** Keys as caps; those that follow each other with a word between them. */
export function Keys({ keys }: { keys: string }) {
    const steps = keys.split(" ").filter(Boolean);
    return (
        <span className="keys">
            <span className="visually-hidden">{steps.map((step) => keyCaps(step).join(" + ")).join(` ${t("then")} `)}</span>
            {steps.map((step, index) => (
                <span key={index} className="keys" aria-hidden="true">
                    {index > 0 && <span className="muted small">{t("then")}</span>}
                    {keyCaps(step).map((cap) => <Kbd key={cap}>{cap}</Kbd>)}
                </span>
            ))}
        </span>
    );
}
