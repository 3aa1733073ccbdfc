import type { Organization, Theme } from "./session";
import { brandTokens } from "./branding";

/** Puts the theme on the page, and keeps it for the pages before the log-in. */
export function showTheme(theme: Theme) {
    if (theme === "system") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset["theme"] = theme;
    try {
        localStorage.setItem("stratikey-theme", theme);
    } catch {
        // A browser that keeps nothing shows the theme of the system next time.
    }
}

/** The theme that was shown last. */
export function keptTheme(): Theme {
    try {
        const theme = localStorage.getItem("stratikey-theme");
        return theme === "light" || theme === "dark" ? theme : "system";
    } catch {
        return "system";
    }
}

export const isDark = (): boolean =>
    document.documentElement.dataset["theme"] === "dark" ||
    (!document.documentElement.dataset["theme"] && window.matchMedia("(prefers-color-scheme: dark)").matches);

/** Puts the organization's colours in the place of ours, corrected until they can be read on both themes. */
export function showBranding(organization: Organization) {
    const style = document.documentElement.style;
    const names = ["--accent", "--accent-hover", "--accent-soft", "--accent-on", "--brand", "--brand-on"];
    names.forEach((name) => style.removeProperty(name));
    const tokens = brandTokens(organization.branding ?? null, isDark());
    for (const [name, value] of Object.entries(tokens)) style.setProperty(name, value);
}
