import { texts } from "../app/language";

/** Words of the vendor's console. */
export const t = texts({
    it: {
        console: "Console del fornitore", organizations: "Organizzazioni", security: "Registro sicurezza", leave: "Esci", search: "Cerca per nome o indirizzo",
        status: "Stato", all: "Tutti", active: "Attiva", suspended: "Sospesa", name: "Nome", plan: "Piano", since: "Creata il", country: "Paese", more: "Mostra altre",
        usage: "Uso", members: "Membri", records: "Record", imports: "Spazio delle importazioni", dead: "Lavori falliti", lastActive: "Ultima attività",
        suspend: "Sospendi", suspendText: "Le persone di {name} non potranno più lavorare finché non la riattivi. I dati restano.", reason: "Motivo", reactivate: "Riattiva",
        suspendedDone: "{name} è sospesa", reactivatedDone: "{name} è di nuovo attiva", cancel: "Annulla", none: "Nessuna organizzazione trovata", noneText: "Cambia la ricerca o lo stato.",
        when: "Quando", who: "Chi", what: "Cosa", about: "Riguarda", address: "Indirizzo", system: "Sistema", sort: "Ordina", byName: "Nome", byAge: "Più recenti", back: "Organizzazioni", noTenant: "Qui non si vedono i dati delle organizzazioni.",
    },
    en: {
        console: "Vendor console", organizations: "Organizations", security: "Security log", leave: "Log out", search: "Search by name or address",
        status: "Status", all: "All", active: "Active", suspended: "Suspended", name: "Name", plan: "Plan", since: "Created on", country: "Country", more: "Show more",
        usage: "Usage", members: "Members", records: "Records", imports: "Import storage", dead: "Failed jobs", lastActive: "Last active",
        suspend: "Suspend", suspendText: "The people of {name} can't work until you reactivate it. The data stays.", reason: "Reason", reactivate: "Reactivate",
        suspendedDone: "{name} is suspended", reactivatedDone: "{name} is active again", cancel: "Cancel", none: "No organization found", noneText: "Change the search or the status.",
        when: "When", who: "Who", what: "What", about: "About", address: "Address", system: "System", sort: "Sort", byName: "Name", byAge: "Newest", back: "Organizations", noTenant: "The organizations’ own data isn’t visible here.",
    },
});
