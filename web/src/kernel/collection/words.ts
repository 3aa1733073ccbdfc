import { language, texts } from "../../app/language";
import type { EntityMeta } from "../meta/types";

const t = texts({
    it: { newHer: "Nuova {one}", newHim: "Nuovo {one}", her: "Nuova", him: "Nuovo" },
    en: { newHer: "New {one}", newHim: "New {one}", her: "New", him: "New" },
});

/** A label inside of a sentence: «Aziende» as «aziende», «IBAN» as it is. */
export function inSentence(label: string): string {
    const [first, second] = [label.charAt(0), label.charAt(1)];
    return second && second === second.toLocaleUpperCase() && second !== second.toLocaleLowerCase() ? label : first.toLocaleLowerCase() + label.slice(1);
}

/** Whether the entity's word is feminine in Italian, by its ending; the words that no ending tells are listed. */
export function isFeminine(entity: EntityMeta): boolean {
    const word = entity.label.one.split(" ")[0]?.toLocaleLowerCase() ?? "";
    if (/^(fase|pipeline|email|e-mail|chiave|classe|rete|serie)$/.test(word)) return true;
    return /(a|à|ione|tudine)$/.test(word) && !/(problema|programma|sistema|schema|tema|piano)$/.test(word);
}

/** «Nuova opportunità». */
export const newLabel = (entity: EntityMeta): string => t(isFeminine(entity) ? "newHer" : "newHim", { one: inSentence(entity.label.one) });

/** «Nuova», where there is no room for more. */
export const shortNewLabel = (entity: EntityMeta): string => t(isFeminine(entity) ? "her" : "him");

/** «8.800 aziende», «1 azienda». */
export function countLabel(entity: EntityMeta, count: number): string {
    const label = new Intl.PluralRules(language()).select(count) === "one" ? entity.label.one : entity.label.many;
    return `${new Intl.NumberFormat(language(), { useGrouping: "always" } as unknown as Intl.NumberFormatOptions).format(count)} ${inSentence(label)}`;
}
