import type { ReactNode, Ref } from "react";
import { Menu, type MenuEntry } from "../../design/Menu";
import { texts, type Language } from "../language";
import { logOut } from "../leave";
import { go, to } from "../router";
import type { Theme } from "../session";
import { usePreferences } from "./preferences";
import { openShortcuts } from "./Shortcuts";

const t = texts({
    it: { account: "Il tuo account", profile: "Profilo e sicurezza", theme: "Tema", light: "Chiaro", dark: "Scuro", system: "Come il sistema", language: "Lingua", it: "Italiano", en: "English", shortcuts: "Scorciatoie da tastiera", leave: "Esci" },
    en: { account: "Your account", profile: "Profile and security", theme: "Theme", light: "Light", dark: "Dark", system: "As the system", language: "Language", it: "Italiano", en: "English", shortcuts: "Keyboard shortcuts", leave: "Log out" },
});

/** What a person sets for themselves: theme, language, and the way out. */
export function useAccountEntries(): MenuEntry[] {
    const preferences = usePreferences();
    const theme = (name: Theme, heading?: string): MenuEntry => ({
        key: name,
        label: t(name),
        checked: preferences.theme === name,
        ...(heading ? { heading, line: true } : {}),
        onSelect: () => preferences.setTheme(name),
    });
    const speech = (name: Language, heading?: string): MenuEntry => ({
        key: name,
        label: t(name),
        checked: preferences.language === name,
        ...(heading ? { heading, line: true } : {}),
        onSelect: () => preferences.setLanguage(name),
    });
    return [
        { key: "profile", label: t("profile"), onSelect: () => go(to("settings/profile")) },
        theme("light", t("theme")), theme("dark"), theme("system"),
        speech("it", t("language")), speech("en"),
        { key: "shortcuts", label: t("shortcuts"), line: true, aside: "?", onSelect: openShortcuts },
        { key: "leave", label: t("leave"), onSelect: () => void logOut() },
    ];
}

export function AccountMenu({ children }: { children: ReactNode }) {
    return (
        <Menu entries={useAccountEntries()} label={t("account")}>
            <AccountButton>{children}</AccountButton>
        </Menu>
    );
}

function AccountButton({ children, innerRef, ...rest }: { children: ReactNode; innerRef?: Ref<HTMLButtonElement> }) {
    return <button type="button" className="account" ref={innerRef} {...rest}>{children}</button>;
}
