import { useRef } from "react";
import { Button } from "../../design/Button";
import { Field } from "../../design/Field";
import { toast } from "../../design/Toast";
import { api } from "../../kernel/api/client";
import { useLoaded } from "../../kernel/api/useLoaded";
import { useMeta } from "../../kernel/meta/meta";
import { brandTokens } from "../branding";
import { texts } from "../language";
import { useSession } from "../session";
import type { Settings } from "./OrganizationPage";
import { FormWaiting } from "./FormWaiting";
import { t } from "./texts";
import { useForm } from "./useForm";

const words = texts({
    it: {
        text: "I tuoi colori al posto dei nostri. Dove non si leggerebbero, li correggiamo e te lo mostriamo.", primary: "Colore principale", accent: "Colore delle azioni",
        logo: "Logo", logoHint: "PNG, JPEG o WebP, fino a 64 KB", choose: "Scegli un'immagine", remove: "Togli", standard: "Torna ai nostri colori",
        light: "Tema chiaro", dark: "Tema scuro", corrected: "Corretto da {from} a {to} perché si legga", fits: "Si legge così com'è", big: "L'immagine supera 64 KB: scegline una più piccola.",
    },
    en: {
        text: "Your colours instead of ours. Where they couldn't be read, we correct them and show you.", primary: "Primary colour", accent: "Action colour",
        logo: "Logo", logoHint: "PNG, JPEG or WebP, up to 64 KB", choose: "Choose an image", remove: "Remove", standard: "Back to our colours",
        light: "Light theme", dark: "Dark theme", corrected: "Corrected from {from} to {to} so that it can be read", fits: "Can be read as it is", big: "The image is larger than 64 KB: choose a smaller one.",
    },
});

/** The organization's colours and logo, with what was corrected for contrast. */
export function BrandingPage() {
    const { data, problem, reload } = useLoaded<Settings>("/settings");
    return data ? <BrandingForm settings={data} /> : <FormWaiting problem={problem} onRetry={reload} fields={3} />;
}

function BrandingForm({ settings }: { settings: Settings }) {
    const meta = useMeta();
    const { reload } = useSession();
    const file = useRef<HTMLInputElement>(null);
    const form = useForm({ brand_primary: settings.brand_primary ?? null, brand_accent: settings.brand_accent ?? null, logo: settings.logo ?? null }, "branding");
    const canWrite = meta.holds("settings.write");
    const save = () => form.send(async () => {
        await api.patch("/settings", form.values);
        await reload();
    });
    const read = (picked: File | undefined) => {
        if (!picked) return;
        if (picked.size > 65_536) {
            toast({ text: words("big"), kind: "danger" });
            return;
        }
        const reader = new FileReader();
        reader.onload = () => form.set("logo")(String(reader.result));
        reader.readAsDataURL(picked);
    };
    // Actions are in the primary colour where they have none of their own.
    const accent = form.values.brand_accent ?? form.values.brand_primary;
    const colour = (key: "brand_primary" | "brand_accent", label: string, standard: string) => (
        <Field label={label} fault={form.fault(key)}>
            <input type="color" className="input" value={form.values[key] ?? standard} onChange={(event) => form.set(key)(event.target.value)} />
        </Field>
    );
    return (
        <form className="form-card" onSubmit={(event) => { event.preventDefault(); void save(); }}>
            <h2>{t("branding")}</h2>
            <p className="muted">{words("text")}</p>
            <fieldset disabled={!canWrite} className="stack">
                <div className="two">
                    {colour("brand_primary", words("primary"), "#390035")}
                    {colour("brand_accent", words("accent"), form.values.brand_primary ?? "#901d6b")}
                </div>
                {accent && <div className="swatches"><Swatch accent={accent} dark={false} /><Swatch accent={accent} dark /></div>}
                <div className="field">
                    <span className="field-label">{words("logo")}</span>
                    <div className="row">
                        {form.values.logo && <img className="organization-mark" src={form.values.logo} alt={words("logo")} />}
                        <Button onClick={() => file.current?.click()}>{words("choose")}</Button>
                        {form.values.logo && <Button look="plain" onClick={() => form.set("logo")(null)}>{words("remove")}</Button>}
                        <input ref={file} type="file" hidden accept="image/png,image/jpeg,image/webp" onChange={(event) => read(event.target.files?.[0])} />
                    </div>
                    <span className="hint">{words("logoHint")}</span>
                    {form.fault("logo") && <span className="fault" role="alert">{form.fault("logo")}</span>}
                </div>
                {canWrite && (
                    <div className="row">
                        <Button look="primary" type="submit" busy={form.busy}>{t("save")}</Button>
                        <Button look="plain" onClick={() => form.setValues({ ...form.values, brand_primary: null, brand_accent: null })}>{words("standard")}</Button>
                    </div>
                )}
            </fieldset>
        </form>
    );
}

/** How the accent will look in a theme, and whether it had to be corrected. */
function Swatch({ accent, dark }: { accent: string; dark: boolean }) {
    const tokens = brandTokens({ primary: null, accent }, dark);
    const shown = tokens["--accent"] ?? accent;
    const wasCorrected = shown.toLowerCase() !== accent.toLowerCase();
    return (
        <div className="swatch">
            <span className="badge" style={{ background: shown, color: tokens["--accent-on"] ?? "#ffffff" }}>{words(dark ? "dark" : "light")}</span>
            <span className="small muted">{wasCorrected ? words("corrected", { from: accent, to: shown }) : words("fits")}</span>
        </div>
    );
}
