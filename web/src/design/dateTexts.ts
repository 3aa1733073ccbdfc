import { texts } from "../app/language";

/** Words of the fields in which dates and times are given. */
export const dateTexts = texts({
    it: {
        open: "Apri il calendario",
        calendar: "Calendario",
        previous: "Mese precedente",
        next: "Mese successivo",
        today: "Oggi",
        clear: "Svuota",
        time: "Ora",
        notDate: "«{text}» non è una data: scrivila come {example}.",
        notTime: "«{text}» non è un'ora: scrivila come {example}.",
        noTime: "Manca l'ora: scrivila come {example}.",
    },
    en: {
        open: "Open the calendar",
        calendar: "Calendar",
        previous: "Previous month",
        next: "Next month",
        today: "Today",
        clear: "Clear",
        time: "Time",
        notDate: "“{text}” is no date: write it like {example}.",
        notTime: "“{text}” is no time: write it like {example}.",
        noTime: "The time is missing: write it like {example}.",
    },
});
