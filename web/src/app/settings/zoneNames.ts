import { texts } from "../language";

const regions = {
    it: { Africa: "Africa", America: "America", Antarctica: "Antartide", Arctic: "Artide", Asia: "Asia", Atlantic: "Atlantico", Australia: "Australia", Europe: "Europa", Indian: "Oceano Indiano", Pacific: "Pacifico", other: "Altri" },
    en: { Africa: "Africa", America: "America", Antarctica: "Antarctica", Arctic: "Arctic", Asia: "Asia", Atlantic: "Atlantic", Australia: "Australia", Europe: "Europe", Indian: "Indian Ocean", Pacific: "Pacific", other: "Others" },
};
const words = texts(regions);

/** What Italians call the cities by which zones are named, where it is another name than in IANA's list. */
const italian: Record<string, string> = {
    Rome: "Roma", Paris: "Parigi", London: "Londra", Berlin: "Berlino", Brussels: "Bruxelles", Athens: "Atene", Lisbon: "Lisbona", Zurich: "Zurigo", Prague: "Praga", Warsaw: "Varsavia", Moscow: "Mosca",
    Stockholm: "Stoccolma", Copenhagen: "Copenaghen", Dublin: "Dublino", Luxembourg: "Lussemburgo", Vatican: "Città del Vaticano", Ljubljana: "Lubiana", Zagreb: "Zagabria", Belgrade: "Belgrado", Bucharest: "Bucarest",
    Kiev: "Kiev", Sofia: "Sofia", Nicosia: "Nicosia", Cairo: "Il Cairo", Jerusalem: "Gerusalemme", Mexico_City: "Città del Messico", Havana: "L’Avana", Singapore: "Singapore", Beijing: "Pechino", Algiers: "Algeri", Tunis: "Tunisi", Vienna: "Vienna",
};

export interface ZoneGroup {
    label: string;
    zones: { zone: string; label: string }[];
}

/** The city of a zone in the reader's language: `Europe/Rome` is Roma. */
export function cityOf(zone: string, language: string): string {
    const city = zone.split("/").pop() ?? zone;
    return (language.startsWith("it") ? italian[city] : undefined) ?? city.replace(/_/g, " ");
}

/** Zones by continent, each as its city, in alphabetical order. */
export function zoneGroups(zones: string[], language: string): ZoneGroup[] {
    const groups = new Map<string, ZoneGroup>();
    for (const zone of zones) {
        const [first = ""] = zone.split("/");
        const key = zone.includes("/") && first in regions.en ? (first as keyof typeof regions.en) : "other";
        const group = groups.get(key) ?? { label: words(key), zones: [] };
        group.zones.push({ zone, label: cityOf(zone, language) });
        groups.set(key, group);
    }
    for (const group of groups.values()) group.zones.sort((one, other) => one.label.localeCompare(other.label, language));
    return [...groups.values()];
}
