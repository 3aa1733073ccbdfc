/** A text with `{name}` holes; or one form for one and another for more, chosen by `{count}`. */
export type Text = string | { one: string; other: string };
export type Language = "it" | "en";
type Words = Record<string, string | number>;

let current: Language = document.documentElement.lang.startsWith("en") ? "en" : "it";

export const language = (): Language => current;

/** Every text that is shown from now on is in that language; whoever calls it renders anew. */
export function speak(language: Language) {
    current = language;
    document.documentElement.lang = language;
}

/** TypeScript's library of 4.8 knows only true and false. */
export const alwaysGrouped = { useGrouping: "always" } as unknown as Intl.NumberFormatOptions;

const counts = new Map<Language, Intl.NumberFormat>();

/** A whole number with its groups of three, from a thousand on. */
function count(value: number): string {
    const format = counts.get(current) ?? new Intl.NumberFormat(current, alwaysGrouped);
    counts.set(current, format);
    return format.format(value);
}

/** Fills the holes of a text; the count chooses between its forms. */
export function fill(text: Text, words: Words = {}): string {
    const chosen = typeof text === "string" ? text : new Intl.PluralRules(current).select(Number(words["count"])) === "one" ? text.one : text.other;
    return chosen.replace(/\{(\w+)\}/g, (hole, name: string) => {
        const word = words[name];
        if (word === undefined) return hole;
        return typeof word === "number" ? count(word) : word;
    });
}

/**
 * The texts of one area in both languages: `const t = texts({ it: {…}, en: {…} })`, then `t("title")` or
 * `t("rows", { count: 3 })`. A key that stands in one language only does not compile.
 */
export function texts<Keys extends string>(table: { it: Record<Keys, Text>; en: Record<NoInfer<Keys>, Text> }) {
    return (key: Keys, words?: Words): string => fill(table[current][key], words);
}

type NoInfer<T> = [T][T extends unknown ? 0 : never];
