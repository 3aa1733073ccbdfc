import { texts } from "../../app/language";

/** Whether somebody reaches a record, and by what rule, as `/access` tells it. */
export interface Verdict {
    allowed: boolean;
    scope: string;
    because: string;
    explanation: string;
}

const t = texts({
    it: {
        noGrant: "Il ruolo non lo concede.",
        all: "Il ruolo lo concede su tutti i record.",
        own: "Il ruolo lo concede solo sui propri record, e questo non lo è.",
        team: "Il ruolo lo concede solo sui record dei propri team, e questo ne è fuori.",
    },
    en: {
        noGrant: "The role does not grant it.",
        all: "The role grants it for every record.",
        own: "The role grants it for one's own records only, and this is not one.",
        team: "The role grants it for the records of one's teams only, and this is none of theirs.",
    },
});

/** The rule in words: the server's own, save where those name permissions and scopes by their codes. */
export function verdictWords({ because, scope, explanation }: Verdict): string {
    switch (because) {
        case "no_grant": return t("noGrant");
        case "scope_all": return t("all");
        case "out_of_scope": return scope === "own" || scope === "team" ? t(scope) : explanation;
        default: return explanation;
    }
}
