import type { ReactNode, Ref } from "react";
import { Menu, type MenuEntry } from "../../design/Menu";
import { api } from "../../kernel/api/client";
import { toastProblem } from "../../kernel/records/change";
import { language, texts, type Language } from "../language";
import { go, to } from "../router";
import { chooseLanguage, useSession, type Theme } from "../session";
import { showBranding, showTheme } from "../theme";

const t = texts({
    it: { account: "Il tuo account", profile: "Profilo e sicurezza", theme: "Tema", light: "Chiaro", dark: "Scuro", system: "Come il sistema", language: "Lingua", it: "Italiano", en: "English", leave: "Esci" },
    en: { account: "Your account", profile: "Profile and security", theme: "Theme", light: "Light", dark: "Dark", system: "As the system", language: "Language", it: "Italiano", en: "English", leave: "Log out" },
});

/** What a person sets for themselves: theme, language, and the way out. */
export function useAccountEntries(): MenuEntry[] {
    const session = useSession();
    const theme = (name: Theme, heading?: string): MenuEntry => ({
        key: name,
        label: t(name),
        checked: session.profile.user.theme === name,
        ...(heading ? { heading, line: true } : {}),
        onSelect: () => {
            showTheme(name);
            showBranding(session.organization);
            api.patch("/me", { theme: name }).then(session.reload, toastProblem);
        },
    });
    const speech = (name: Language, heading?: string): MenuEntry => ({
        key: name,
        label: t(name),
        checked: language() === name,
        ...(heading ? { heading, line: true } : {}),
        onSelect: () => void chooseLanguage(name).then(session.reload, toastProblem),
    });
    return [
        { key: "profile", label: t("profile"), onSelect: () => go(to("settings/profile")) },
        theme("light", t("theme")), theme("dark"), theme("system"),
        speech("it", t("language")), speech("en"),
        { key: "leave", label: t("leave"), line: true, onSelect: () => void api.post("/auth/logout").catch(() => undefined).then(() => window.location.assign("/login")) },
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
