import { language, texts } from "../app/language";

const t = texts({ it: { free: "Gratuito", trial: "Prova" }, en: { free: "Free", trial: "Trial" } });

/** The name of a plan; of one that the vendor added later its code. */
export const planName = (code: string): string => (code === "free" || code === "trial" ? t(code) : code.charAt(0).toUpperCase() + code.slice(1).replace(/_/g, " "));

/** A country by its name in the reader's language. */
export function countryName(code: string | null): string {
    if (!code) return "—";
    return new Intl.DisplayNames(language(), { type: "region", fallback: "code" }).of(code) ?? code;
}
