import { texts } from "../app/language";

const t = texts({
    it: {
        "login": "Accesso", "login.failed": "Accesso non riuscito", "logout": "Uscita", "locked": "Accesso bloccato per troppi tentativi", "totp.on": "Verifica in due passaggi attivata", "totp.failed": "Codice di verifica errato",
        "token.reused": "Token già usato: sessioni chiuse", "suspended": "Organizzazione sospesa", "reactivated": "Organizzazione riattivata", "listed": "Elenco delle organizzazioni letto", "shown": "Organizzazione letta", "created": "Persona del fornitore creata", "other": "Altro",
    },
    en: {
        "login": "Log-in", "login.failed": "Failed log-in", "logout": "Log-out", "locked": "Log-in locked after too many attempts", "totp.on": "Two-step verification turned on", "totp.failed": "Wrong verification code",
        "token.reused": "Token used twice: sessions ended", "suspended": "Organization suspended", "reactivated": "Organization reactivated", "listed": "List of organizations read", "shown": "Organization read", "created": "Person of the vendor made", "other": "Other",
    },
});

const known = ["login", "login.failed", "logout", "locked", "totp.on", "totp.failed", "token.reused", "suspended", "reactivated", "listed", "shown", "created"] as const;

/** A security event of the vendor's realm in words: `vendor.auth.login`, `organization.suspended`. */
export function eventName(event: string): string {
    const found = known.find((name) => event === name || event.endsWith(`.${name}`));
    return t(found ?? "other");
}
