import type { Organization, Theme } from "./session";
import { brandTokenNames, brandTokens } from "./branding";

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

/** The theme that was shown last, or that one where none was. */
export function keptTheme(otherwise: Theme): Theme {
    try {
        const theme = localStorage.getItem("stratikey-theme");
        return theme === "light" || theme === "dark" || theme === "system" ? theme : otherwise;
    } catch {
        return otherwise;
    }
}

export const isDark = (): boolean =>
    document.documentElement.dataset["theme"] === "dark" ||
    (!document.documentElement.dataset["theme"] && window.matchMedia("(prefers-color-scheme: dark)").matches);

let branded: Organization | null = null;

/** Puts the organization's colours in the place of ours, corrected until they can be read on the theme that is shown. */
export function showBranding(organization: Organization) {
    branded = organization;
    const style = document.documentElement.style;
    brandTokenNames.forEach((name) => style.removeProperty(name));
    const tokens = brandTokens(organization.branding ?? null, isDark());
    for (const [name, value] of Object.entries(tokens)) style.setProperty(name, value);
}

/** Fits the organization's colours to the theme that is shown now. */
export function fitBranding() {
    if (branded) showBranding(branded);
}

/** Keeps the organization's colours right when the system changes between day and night. */
export function followSystemTheme() {
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", fitBranding);
}
