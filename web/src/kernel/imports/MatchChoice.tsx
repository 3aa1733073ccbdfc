import { texts } from "../../app/language";
import { Field } from "../../design/Field";
import type { EntityMeta } from "../meta/types";
import { keyChoices, type Plan } from "./plan";
import type { OnMatch } from "./types";

const t = texts({
    it: { title: "Righe che ci sono già", key: "Si riconoscono da", noKey: "Niente: ogni riga è nuova", on: "Quando una riga c'è già", update: "Aggiorna il record", skip: "Salta la riga", create: "Crea comunque un altro record", hint: "Con un codice o un nome che non si ripete puoi importare lo stesso file più volte senza doppioni." },
    en: { title: "Rows that are there already", key: "Recognized by", noKey: "Nothing: every row is new", on: "When a row is there already", update: "Update the record", skip: "Skip the row", create: "Create another record anyway", hint: "With a code or a name that does not repeat, the same file can be imported again without duplicates." },
});

/** How rows meet records that are there already, and what happens then. */
export function MatchChoice({ entity, plan, onChange }: { entity: EntityMeta; plan: Plan; onChange: (next: Partial<Plan>) => void }) {
    const keys = keyChoices(entity, plan);
    const key = keys.some((one) => one.key === plan.key) ? plan.key : null;
    return (
        <section className="import-section" aria-labelledby="import-match">
            <h2 id="import-match">{t("title")}</h2>
            <div className="import-pair">
                <Field label={t("key")} hint={t("hint")}>
                    <select className="input" value={key ?? ""} onChange={(event) => onChange(event.target.value ? { key: event.target.value, onMatch: plan.onMatch === "create" ? "update" : plan.onMatch } : { key: null, onMatch: "create" })}>
                        <option value="">{t("noKey")}</option>
                        {keys.map((one) => <option key={one.key} value={one.key}>{one.label}</option>)}
                    </select>
                </Field>
                {key && (
                    <Field label={t("on")}>
                        <select className="input" value={plan.onMatch} onChange={(event) => onChange({ onMatch: event.target.value as OnMatch })}>
                            <option value="update">{t("update")}</option>
                            <option value="skip">{t("skip")}</option>
                            {!entity.fields.find((one) => one.key === key)?.rules.unique && <option value="create">{t("create")}</option>}
                        </select>
                    </Field>
                )}
            </div>
        </section>
    );
}
