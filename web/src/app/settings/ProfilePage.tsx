import { Button } from "../../design/Button";
import { Field } from "../../design/Field";
import { api } from "../../kernel/api/client";
import { language, texts } from "../language";
import { chooseLanguage, useSession, type Theme } from "../session";
import { showBranding, showTheme } from "../theme";
import { t } from "./texts";
import { TimeZones } from "./TimeZones";
import { useForm } from "./useForm";

const words = texts({
    it: { about: "Come ti vedono i colleghi.", zone: "Fuso orario", likeOrganization: "Come l'organizzazione", look: "Aspetto", theme: "Tema", light: "Chiaro", dark: "Scuro", system: "Come il sistema", language: "Lingua" },
    en: { about: "How colleagues see you.", zone: "Time zone", likeOrganization: "As the organization", look: "Appearance", theme: "Theme", light: "Light", dark: "Dark", system: "As the system", language: "Language" },
});

/** Name, zone, language and theme of the person. */
export function ProfilePage() {
    const session = useSession();
    const { user } = session.profile;
    const form = useForm({ name: user.name, time_zone: user.time_zone ?? "" }, `profile:${user.id}`);
    const look = useForm({});
    const save = () => form.send(async () => {
        await api.patch("/me", { name: form.values.name, time_zone: form.values.time_zone || null });
        await session.reload();
    });
    return (
        <>
            <form className="form-card" onSubmit={(event) => { event.preventDefault(); void save(); }}>
                <h2>{t("profile")}</h2>
                <p className="muted">{words("about")}</p>
                <Field label={t("name")} required fault={form.fault("name")}>
                    <input className="input" autoComplete="name" value={form.values.name} onChange={(event) => form.set("name")(event.target.value)} />
                </Field>
                <Field label={t("email")}><input className="input" value={user.email} readOnly /></Field>
                <Field label={words("zone")} fault={form.fault("time_zone")}>
                    <TimeZones value={form.values.time_zone} onChange={form.set("time_zone")} empty={words("likeOrganization")} />
                </Field>
                <div><Button look="primary" type="submit" busy={form.busy}>{t("save")}</Button></div>
            </form>
            <div className="form-card">
                <h2>{words("look")}</h2>
                <div className="two">
                    <Field label={words("theme")}>
                        <select
                            className="input"
                            value={user.theme}
                            onChange={(event) => {
                                const theme = event.target.value as Theme;
                                showTheme(theme);
                                showBranding(session.organization);
                                void look.send(() => api.patch("/me", { theme }).then(session.reload), false);
                            }}
                        >
                            {(["light", "dark", "system"] as const).map((one) => <option key={one} value={one}>{words(one)}</option>)}
                        </select>
                    </Field>
                    <Field label={words("language")}>
                        <select className="input" value={language()} onChange={(event) => void look.send(() => chooseLanguage(event.target.value === "it" ? "it" : "en").then(session.reload), false)}>
                            <option value="it">Italiano</option>
                            <option value="en">English</option>
                        </select>
                    </Field>
                </div>
            </div>
        </>
    );
}
