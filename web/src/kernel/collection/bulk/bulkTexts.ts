import { texts } from "../../../app/language";

/** Words of the selection and of what is done with it. */
export const t = texts({
    it: {
        selected: "{count} selezionati", selectedHer: "{count} selezionate", oneSelected: "1 selezionato", oneSelectedHer: "1 selezionata", selectAll: "Seleziona tutto ({count})", assign: "Assegna", change: "Modifica campo", changeField: "Cambia {field}", remove: "Elimina", none: "Annulla la selezione", more: "Altre azioni", bar: "Azioni sulla selezione",
        title: "Modifica {what}", removeTitle: "Elimina {what}", field: "Campo", choose: "Scegli il campo", value: "Nuovo valore", empty: "Svuota il campo", cancel: "Annulla", run: "Modifica {what}", runRemove: "Elimina {what}",
        preview: "Anteprima", would: { one: "Cambierà {what}", other: "Cambieranno {what}" }, wouldRemove: { one: "{what} va nel cestino, e per un po' si può tornare indietro.", other: "{what} vanno nel cestino, e per un po' si può tornare indietro." }, wouldRemoveForGood: "{what}: non si può tornare indietro.", first: "Le prime", faults: { one: "{count} non si può modificare", other: "{count} non si possono modificare" }, nothing: "Niente da cambiare: hanno già questo valore.",
        others: { one: "e un'altra riga", other: "e altre {count} righe" }, record: "Record", from: "Ora", to: "Dopo", looking: "Controllo che cosa cambia", undoing: "Annullamento: {label}", working: "Modifica: {what}", removing: "Eliminazione: {what}", missing: "Scegli il nuovo valore.", tooMany: "Troppe eccezioni: togline qualcuna o restringi i filtri.",
    },
    en: {
        selected: "{count} selected", selectedHer: "{count} selected", oneSelected: "1 selected", oneSelectedHer: "1 selected", selectAll: "Select all ({count})", assign: "Assign", change: "Change a field", changeField: "Change {field}", remove: "Delete", none: "Clear the selection", more: "More actions", bar: "Actions on the selection",
        title: "Change {what}", removeTitle: "Delete {what}", field: "Field", choose: "Choose the field", value: "New value", empty: "Empty the field", cancel: "Cancel", run: "Change {what}", runRemove: "Delete {what}",
        preview: "Preview", would: "{what} will change", wouldRemove: { one: "{what} goes to the bin; for a while this can be undone.", other: "{what} go to the bin; for a while this can be undone." }, wouldRemoveForGood: "{what}: this can't be undone.", first: "The first", faults: { one: "{count} can't be changed", other: "{count} can't be changed" }, nothing: "Nothing to change: they have this value already.",
        others: { one: "and one more row", other: "and {count} more rows" }, record: "Record", from: "Now", to: "After", looking: "Checking what would change", undoing: "Undo: {label}", working: "Change: {what}", removing: "Deletion: {what}", missing: "Choose the new value.", tooMany: "Too many exceptions: take some back or narrow the filters.",
    },
});
