export interface Country {
    code: string;
    name: string;
}

/** What the browser names as a region and is no country: unions, reserved codes, parts of countries. */
const notCountries = new Set(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]);
const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const kept = new Map<string, Country[]>();

/** The countries that the browser knows by name, in alphabetical order; a code of old that means a country of today is left out. */
export function countries(language: string): Country[] {
    const known = kept.get(language);
    if (known) return known;
    const names = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
    const canonical = (code: string) => new Intl.Locale(`und-${code}`).region === code;
    const found = letters.flatMap((one) => letters.map((other) => one + other)).flatMap((code) => {
        const name = notCountries.has(code) || !canonical(code) ? undefined : names.of(code);
        return name ? [{ code, name }] : [];
    });
    found.sort((one, other) => one.name.localeCompare(other.name, language));
    kept.set(language, found);
    return found;
}
