import arrowRight from "bootstrap-icons/arrow-right-short.svg";
import boxArrowRight from "bootstrap-icons/box-arrow-right.svg";
import building from "bootstrap-icons/building.svg";
import circleHalf from "bootstrap-icons/circle-half.svg";
import counterclockwise from "bootstrap-icons/arrow-counterclockwise.svg";
import keyboard from "bootstrap-icons/keyboard.svg";
import layoutSidebar from "bootstrap-icons/layout-sidebar.svg";
import link from "bootstrap-icons/link-45deg.svg";
import moon from "bootstrap-icons/moon.svg";
import plus from "bootstrap-icons/plus-lg.svg";
import sun from "bootstrap-icons/sun.svg";
import translate from "bootstrap-icons/translate.svg";
import upload from "bootstrap-icons/upload.svg";
import { toast } from "../../../design/Toast";
import { openCreate } from "../../../kernel/create/openCreate";
import { can, useMeta } from "../../../kernel/meta/meta";
import { undoLast } from "../../../kernel/records/undo";
import { isSetup } from "../../../plugins/all";
import { texts } from "../../language";
import { logOut } from "../../leave";
import { go, to } from "../../router";
import { useSession } from "../../session";
import { isDark } from "../../theme";
import { useDestinations } from "../destinations";
import { usePreferences } from "../preferences";
import { openShortcuts } from "../Shortcuts";
import { turnSidebar } from "../sidebarState";
import { usePlaces } from "./usePlaces";
import type { Command, CommandGroup } from "./types";

const t = texts({
    it: {
        goTo: "Vai a", create: "Crea", createOne: "Crea: {label}", commands: "Comandi", dark: "Passa al tema scuro", light: "Passa al tema chiaro", system: "Segui il tema del sistema",
        english: "Passa all'inglese (English)", italian: "Passa all'italiano", shortcuts: "Mostra le scorciatoie da tastiera", fold: "Riduci o allarga il menu", undo: "Annulla l'ultima modifica",
        leave: "Esci", copy: "Copia il collegamento a questa pagina", copied: "Collegamento copiato", organization: "Passa a {name}", importOne: "Importa: {label}",
        newWords: "nuovo nuova aggiungi inserisci", themeWords: "tema aspetto colori dark light", languageWords: "lingua language italian english", leaveWords: "disconnetti logout",
    },
    en: {
        goTo: "Go to", create: "Create", createOne: "Create: {label}", commands: "Commands", dark: "Switch to the dark theme", light: "Switch to the light theme", system: "Follow the system's theme",
        english: "Switch to English", italian: "Switch to Italian (Italiano)", shortcuts: "Show the keyboard shortcuts", fold: "Fold or unfold the menu", undo: "Undo the last change",
        leave: "Log out", copy: "Copy the link to this page", copied: "Link copied", organization: "Switch to {name}", importOne: "Import: {label}",
        newWords: "new add insert", themeWords: "theme appearance colours", languageWords: "language lingua italiano", leaveWords: "sign out exit",
    },
});

/** All that can be done from anywhere, in groups: where to go, what to create, and the rest. */
export function useCommands(): { goTo: CommandGroup; create: CommandGroup; others: CommandGroup } {
    const meta = useMeta();
    const { organization, profile } = useSession();
    const preferences = usePreferences();
    const destinations = useDestinations();
    const places = usePlaces();
    const goTo = destinations.flatMap((section) => section.entries.map((one): Command => ({
        key: `go ${one.path}`, label: one.label, icon: one.icon, ...(section.label ? { words: section.label } : {}), ...(one.letter ? { keys: `g ${one.letter}` } : {}), run: () => go(to(one.path)),
    })));
    const worked = meta.meta.entities.filter((one) => one.plugin !== "tenancy" && one.plugin !== "kernel");
    const order = destinations.flatMap((section) => section.entries.map((one) => one.path));
    const creatable = worked.filter((one) => can(one, "create")).sort((a, b) => rank(order, a.path) - rank(order, b.path));
    const create = creatable.map((one): Command => ({ key: `create ${one.name}`, label: t("createOne", { label: one.label.one.toLowerCase() }), icon: plus, words: `${t("newWords")} ${one.label.one}`, run: () => openCreate(one.name) }));
    const imports = worked.filter((one) => can(one, "import") && !isSetup(one.name)).map((one): Command => ({
        key: `import ${one.name}`, label: t("importOne", { label: one.label.many.toLowerCase() }), icon: upload, run: () => go(to("imports/new", { entity: one.name })),
    }));
    const dark = isDark();
    const others: Command[] = [
        { key: "theme", label: t(dark ? "light" : "dark"), icon: dark ? sun : moon, keys: "t", words: t("themeWords"), run: preferences.turnTheme },
        ...(preferences.theme === "system" ? [] : [{ key: "system", label: t("system"), icon: circleHalf, words: t("themeWords"), run: () => preferences.setTheme("system") }]),
        { key: "language", label: t(preferences.language === "it" ? "english" : "italian"), icon: translate, words: t("languageWords"), run: () => preferences.setLanguage(preferences.language === "it" ? "en" : "it") },
        { key: "shortcuts", label: t("shortcuts"), icon: keyboard, keys: "?", run: openShortcuts },
        { key: "copy", label: t("copy"), icon: link, run: () => void navigator.clipboard?.writeText(window.location.href).then(() => toast({ text: t("copied") }), () => undefined) },
        { key: "undo", label: t("undo"), icon: counterclockwise, keys: "mod+z", run: () => void undoLast() },
        { key: "fold", label: t("fold"), icon: layoutSidebar, keys: "[", run: turnSidebar },
        ...imports,
        ...profile.memberships.filter((one) => one.organization.id !== organization.id).map((one): Command => ({
            key: `organization ${one.organization.id}`, label: t("organization", { name: one.organization.name }), icon: building, run: () => go(`/o/${one.organization.slug}`),
        })),
        { key: "leave", label: t("leave"), icon: boxArrowRight, words: t("leaveWords"), run: () => void logOut() },
    ];
    return {
        goTo: { key: "goTo", label: t("goTo"), commands: [...goTo, ...places.map((one) => ({ ...one, icon: one.icon || arrowRight }))] },
        create: { key: "create", label: t("create"), commands: create },
        others: { key: "others", label: t("commands"), commands: others },
    };
}

const rank = (order: string[], path: string) => (order.includes(path) ? order.indexOf(path) : order.length);
