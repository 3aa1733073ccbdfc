import { texts } from "../../../app/language";

/** Words of the grid itself. */
export const t = texts({
    it: {
        select: "Seleziona {name}",
        selectAll: "Seleziona tutto",
        grid: "Elenco: {name}",
        resize: "Larghezza di {name}",
        sortHint: "Invio ordina, Maiusc+Invio aggiunge; Alt+frecce sposta, Maiusc+frecce allarga",
        moved: "{name}: posizione {place} di {count}",
        width: "{name}: {width} pixel",
        readOnly: "Questo campo non si modifica",
        fault: "Non salvato: {text}",
        loading: "In caricamento",
        open: "Apri",
        copied: "Copiato",
        empty: "vuoto",
    },
    en: {
        select: "Select {name}",
        selectAll: "Select all",
        grid: "List: {name}",
        resize: "Width of {name}",
        sortHint: "Enter sorts, Shift+Enter adds; Alt+arrows move, Shift+arrows resize",
        moved: "{name}: place {place} of {count}",
        width: "{name}: {width} pixels",
        readOnly: "This field can't be changed",
        fault: "Not saved: {text}",
        loading: "Loading",
        open: "Open",
        copied: "Copied",
        empty: "empty",
    },
});
