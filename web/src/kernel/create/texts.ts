import { texts } from "../../app/language";

/** The words of the dialog that makes records. */
export const createTexts = texts({
    it: {
        title: "Crea {label}",
        save: "Crea",
        saveAndGo: "Crea e continua",
        cancel: "Annulla",
        more: "Altri campi",
        made: "«{name}» è nell'elenco",
        open: "Apri",
        draft: "Ripresa la bozza di prima.",
        restart: "Ricomincia",
        offline: "Il server non risponde. Quello che hai scritto resta qui: riprova quando torna la connessione.",
        faults: { one: "Un campo da correggere", other: "{count} campi da correggere" },
        createNamed: "Crea {label} «{text}»",
        likely: { one: "Forse c'è già", other: "Forse ci sono già" },
        use: "Usa questa",
        same: "Stesso {what}",
    },
    en: {
        title: "Create {label}",
        save: "Create",
        saveAndGo: "Create and continue",
        cancel: "Cancel",
        more: "More fields",
        made: "“{name}” is in the list",
        open: "Open",
        draft: "Your earlier draft was taken up.",
        restart: "Start over",
        offline: "The server does not answer. What you typed stays here: try again when the connection is back.",
        faults: { one: "One field to correct", other: "{count} fields to correct" },
        createNamed: "Create {label} “{text}”",
        likely: { one: "This may exist already", other: "These may exist already" },
        use: "Use this one",
        same: "Same {what}",
    },
});

/** A label inside a sentence: small, unless it is an abbreviation. */
export const lowered = (label: string): string => (/^\p{Lu}{2}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1));
