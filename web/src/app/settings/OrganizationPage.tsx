import { Button } from "../../design/Button";
import { Field } from "../../design/Field";
import { api } from "../../kernel/api/client";
import { useLoaded } from "../../kernel/api/useLoaded";
import { currencyChoices } from "../../kernel/fields/currencies";
import { useMeta } from "../../kernel/meta/meta";
import { texts } from "../language";
import { useSession } from "../session";
import { Countries } from "./Countries";
import { FormWaiting } from "./FormWaiting";
import { t } from "./texts";
import { TimeZones } from "./TimeZones";
import { useForm } from "./useForm";

const words = texts({
    it: {
        legal: "Ragione sociale", country: "Paese", vat: "Partita IVA", tax: "Codice fiscale", locale: "Lingua e formati", zone: "Fuso orario",
        currency: "Valuta", week: "La settimana comincia di", fiscal: "Dati fiscali", formats: "Formati", formatsText: "Valgono per date, numeri e periodi di tutti.",
        rules: "Accesso", factor: "Chiedi a tutti la verifica in due passaggi", factorText: "Chi non l'ha attiva deve attivarla per continuare a lavorare.",
    },
    en: {
        legal: "Legal name", country: "Country", vat: "VAT number", tax: "Tax code", locale: "Language and formats", zone: "Time zone",
        currency: "Currency", week: "The week begins on", fiscal: "Fiscal data", formats: "Formats", formatsText: "They apply to everyone's dates, numbers and periods.",
        rules: "Access", factor: "Require two-step verification of everyone", factorText: "Anyone without it has to turn it on to keep working.",
    },
});

export interface Settings {
    name: string;
    slug: string;
    legal_name: string | null;
    country: string | null;
    vat_number: string | null;
    tax_code: string | null;
    locale: string;
    time_zone: string;
    currency: string;
    week_start: number;
    require_two_factor: boolean;
    brand_primary?: string | null;
    brand_accent?: string | null;
    logo?: string | null;
}

const locales = ["it-IT", "en-GB", "en-US", "en", "de-DE", "fr-FR", "es-ES"];

/** The names of a kind of code in the reader's language. */
const named = (type: "language" | "currency", code: string): string => {
    try {
        return new Intl.DisplayNames(document.documentElement.lang, { type }).of(code) ?? code;
    } catch {
        return code;
    }
};

/** The first letter large, as a choice stands in a list. */
const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** 2024-01-01 was a Monday. */
const weekday = (day: number) => new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, day)));

/** The organization's profile, formats and rules of access. */
export function OrganizationPage() {
    const { data, problem, reload } = useLoaded<Settings>("/settings");
    return data ? <SettingsForm settings={data} /> : <FormWaiting problem={problem} onRetry={reload} fields={5} />;
}

function SettingsForm({ settings }: { settings: Settings }) {
    const meta = useMeta();
    const { reload } = useSession();
    const form = useForm({ ...settings }, "organization");
    const canWrite = meta.holds("settings.write");
    const keys = ["name", "legal_name", "country", "vat_number", "tax_code", "locale", "time_zone", "currency", "week_start", "require_two_factor"] as const;
    const save = () => form.send(async () => {
        const changed = Object.fromEntries(keys.filter((key) => form.values[key] !== settings[key]).map((key) => [key, form.values[key]]));
        await api.patch("/settings", changed);
        await reload();
    });
    const text = (key: "name" | "legal_name" | "country" | "vat_number" | "tax_code", label: string, more: { required?: boolean } = {}) => (
        <Field label={label} fault={form.fault(key)} {...more}>
            <input className="input" value={form.values[key] ?? ""} onChange={(event) => form.set(key)(key === "name" ? event.target.value : event.target.value || null as never)} />
        </Field>
    );
    return (
        <form onSubmit={(event) => { event.preventDefault(); void save(); }}>
            <fieldset disabled={!canWrite}>
                <div className="form-card">
                    <h2>{t("general")}</h2>
                    {text("name", t("name"), { required: true })}
                    <h2>{words("fiscal")}</h2>
                    {text("legal_name", words("legal"))}
                    <div className="two">
                        <Field label={words("country")} fault={form.fault("country")}><Countries value={form.values.country} onChange={form.set("country")} /></Field>
                        {text("vat_number", words("vat"))}
                    </div>
                    {text("tax_code", words("tax"))}
                </div>
                <div className="form-card">
                    <h2>{words("formats")}</h2>
                    <p className="muted">{words("formatsText")}</p>
                    <div className="two">
                        <Field label={words("locale")} fault={form.fault("locale")}>
                            <select className="input" value={form.values.locale} onChange={(event) => form.set("locale")(event.target.value)}>
                                {[...new Set([...locales, form.values.locale])].map((one) => <option key={one} value={one}>{capital(named("language", one))}</option>)}
                            </select>
                        </Field>
                        <Field label={words("currency")} fault={form.fault("currency")}>
                            <select className="input" value={form.values.currency} onChange={(event) => form.set("currency")(event.target.value)}>
                                {currencyChoices(form.values.currency).map((one) => <option key={one} value={one}>{capital(named("currency", one))} · {one}</option>)}
                            </select>
                        </Field>
                        <Field label={words("zone")} fault={form.fault("time_zone")}><TimeZones value={form.values.time_zone} onChange={form.set("time_zone")} /></Field>
                        <Field label={words("week")} fault={form.fault("week_start")}>
                            <select className="input" value={form.values.week_start} onChange={(event) => form.set("week_start")(Number(event.target.value))}>
                                {[1, 6, 7].map((day) => <option key={day} value={day}>{capital(weekday(day))}</option>)}
                            </select>
                        </Field>
                    </div>
                </div>
                <div className="form-card">
                    <h2>{words("rules")}</h2>
                    <label className="check">
                        <input type="checkbox" className="checkbox" checked={form.values.require_two_factor} onChange={(event) => form.set("require_two_factor")(event.target.checked)} />
                        {words("factor")}
                    </label>
                    <p className="muted check-hint">{words("factorText")}</p>
                    {form.fault("require_two_factor") && <p className="danger-text" role="alert">{form.fault("require_two_factor")}</p>}
                </div>
                {canWrite && <Button look="primary" type="submit" busy={form.busy}>{t("save")}</Button>}
            </fieldset>
        </form>
    );
}
