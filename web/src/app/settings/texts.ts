import { texts } from "../language";

/** Words that several pages of the settings share. */
export const t = texts({
    it: {
        settings: "Impostazioni", you: "Tu", organization: "Organizzazione", access: "Persone e accessi", records: "Dati", watch: "Controllo",
        profile: "Profilo", security: "Sicurezza", general: "Generali", branding: "Marchio", members: "Membri", teams: "Team", roles: "Ruoli",
        keys: "Chiavi API", plugins: "Moduli", audit: "Registro attività", securityAudit: "Registro sicurezza", jobs: "Lavori",
        save: "Salva", saved: "Salvato", cancel: "Annulla", name: "Nome", email: "E-mail", role: "Ruolo", status: "Stato", more: "Mostra altri",
        actions: "Azioni", created: "Creata il", when: "Quando", who: "Chi", what: "Cosa", record: "Record", all: "Tutti", nothing: "Niente da mostrare",
        copy: "Copia", copied: "Copiato", delete: "Elimina", revoke: "Revoca", add: "Aggiungi", description: "Descrizione", system: "Sistema",
    },
    en: {
        settings: "Settings", you: "You", organization: "Organization", access: "People and access", records: "Data", watch: "Oversight",
        profile: "Profile", security: "Security", general: "General", branding: "Branding", members: "Members", teams: "Teams", roles: "Roles",
        keys: "API keys", plugins: "Modules", audit: "Activity log", securityAudit: "Security log", jobs: "Jobs",
        save: "Save", saved: "Saved", cancel: "Cancel", name: "Name", email: "E-mail", role: "Role", status: "Status", more: "Show more",
        actions: "Actions", created: "Created", when: "When", who: "Who", what: "What", record: "Record", all: "All", nothing: "Nothing to show",
        copy: "Copy", copied: "Copied", delete: "Delete", revoke: "Revoke", add: "Add", description: "Description", system: "System",
    },
});
