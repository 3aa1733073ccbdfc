import { api } from "../../kernel/api/client";
import { toastProblem } from "../../kernel/records/change";
import { language, type Language } from "../language";
import { chooseLanguage, useSession, type Theme } from "../session";
import { isDark, showBranding, showTheme } from "../theme";

/** What a person chose for themselves, and ways to choose otherwise: seen at once, kept by the server. */
export function usePreferences() {
    const session = useSession();
    const setTheme = (theme: Theme) => {
        showTheme(theme);
        showBranding(session.organization);
        api.patch("/me", { theme }).then(session.reload, toastProblem);
    };
    return {
        theme: session.profile.user.theme,
        setTheme,
        /** From light to dark and back. */
        turnTheme: () => setTheme(isDark() ? "light" : "dark"),
        language: language(),
        setLanguage: (name: Language) => void chooseLanguage(name).then(session.reload, toastProblem),
    };
}
