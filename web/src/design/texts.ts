import { texts } from "../app/language";

/** Words of the components themselves. */
export const designTexts = texts({
    it: {
        close: "Chiudi",
        undo: "Annulla",
        search: "Cerca…",
        nothing: "Nessun risultato",
        loading: "Caricamento",
        clear: "Svuota",
        required: "obbligatorio",
        failed: "Non riuscito",
        retry: "Riprova",
        none: "Nessuno",
    },
    en: {
        close: "Close",
        undo: "Undo",
        search: "Search…",
        nothing: "No results",
        loading: "Loading",
        clear: "Clear",
        required: "required",
        failed: "Failed",
        retry: "Try again",
        none: "None",
    },
});
