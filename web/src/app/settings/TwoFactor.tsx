import { useState } from "react";
import { Badge } from "../../design/Badge";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { Field } from "../../design/Field";
import { QRCode } from "../../design/QRCode";
import { api } from "../../kernel/api/client";
import { texts } from "../language";
import { useSession } from "../session";
import { t } from "./texts";
import { useForm } from "./useForm";
import { Copyable } from "./Copyable";

const words = texts({
    it: {
        title: "Verifica in due passaggi", on: "Attiva", off: "Non attiva", text: "Oltre alla password, un codice dell'app di autenticazione.",
        start: "Attiva", stop: "Disattiva", password: "La tua password", next: "Avanti", secret: "Inquadra il codice con l'app di autenticazione, oppure inserisci la chiave.", qr: "Codice QR per l'app di autenticazione",
        open: "Apri nell'app", code: "Codice a 6 cifre", codes: "Codici di recupero", codesText: "Ognuno vale una volta, se perdi il telefono. Conservali: non si vedranno più.",
        done: "Ho conservato i codici", left: { one: "Resta {count} codice di recupero", other: "Restano {count} codici di recupero" }, codeOrRecovery: "Codice dell'app o di recupero",
    },
    en: {
        title: "Two-step verification", on: "On", off: "Off", text: "Besides your password, a code from the authenticator app.",
        start: "Turn on", stop: "Turn off", password: "Your password", next: "Next", secret: "Scan the code with the authenticator app, or enter the key.", qr: "QR code for the authenticator app",
        open: "Open in the app", code: "6-digit code", codes: "Recovery codes", codesText: "Each works once, if you lose the phone. Keep them: they won't be shown again.",
        done: "I have saved the codes", left: { one: "{count} recovery code left", other: "{count} recovery codes left" }, codeOrRecovery: "Code from the app or recovery code",
    },
});

interface Setup {
    secret: string;
    otpauth_url: string;
    qr: { size: number; path: string };
    recovery_codes?: string[];
}

/** One-time passwords: set up with a first code, recovery codes shown once, switched off with a code. */
export function TwoFactor() {
    const { profile, reload } = useSession();
    const [open, setOpen] = useState<"start" | "stop" | null>(null);
    const isOn = profile.user.two_factor;
    return (
        <div className="form-card">
            <h2>{words("title")} <Badge tone={isOn ? "success" : "warning"}>{words(isOn ? "on" : "off")}</Badge></h2>
            <p className="muted">{isOn && profile.user.recovery_codes_left !== null ? words("left", { count: profile.user.recovery_codes_left }) : words("text")}</p>
            <div><Button onClick={() => setOpen(isOn ? "stop" : "start")}>{words(isOn ? "stop" : "start")}</Button></div>
            {open === "start" && <StartDialog onClose={() => { setOpen(null); void reload(); }} />}
            {open === "stop" && <StopDialog onClose={() => { setOpen(null); void reload(); }} />}
        </div>
    );
}

function StartDialog({ onClose }: { onClose: () => void }) {
    const form = useForm({ password: "", code: "" });
    const [setup, setSetup] = useState<Setup | null>(null);
    const [codes, setCodes] = useState<string[] | null>(null);
    const begin = () => void form.send(async () => setSetup(await api.post<Setup>("/auth/totp", { password: form.values.password })), false);
    const confirm = () => void form.send(async () => {
        const answer = await api.post<{ recovery_codes?: string[] } | null>("/auth/totp/confirm", { code: form.values.code.replace(/\s/g, "") });
        setCodes(answer?.recovery_codes ?? setup?.recovery_codes ?? []);
    }, false);
    if (codes) {
        return (
            <Dialog title={words("codes")} onClose={onClose} footer={<Button look="primary" onClick={onClose}>{words("done")}</Button>}>
                <div className="stack">
                    <p>{words("codesText")}</p>
                    <ul className="codes">{codes.map((code) => <li key={code}>{code}</li>)}</ul>
                    <Copyable text={codes.join("\n")} />
                </div>
            </Dialog>
        );
    }
    return (
        <Dialog title={words("title")} onClose={onClose} onSubmit={setup ? confirm : begin} footer={<><Button onClick={onClose}>{t("cancel")}</Button><Button look="primary" type="submit" busy={form.busy}>{setup ? words("start") : words("next")}</Button></>}>
            {setup ? (
                <div className="stack">
                    <p>{words("secret")}</p>
                    <QRCode {...setup.qr} label={words("qr")} />
                    <div className="secret"><span className="grow">{setup.secret}</span><Copyable text={setup.secret} /></div>
                    <a href={setup.otpauth_url}>{words("open")}</a>
                    <Field label={words("code")} fault={form.fault("code")}>
                        <input className="input" inputMode="numeric" autoComplete="one-time-code" value={form.values.code} onChange={(event) => form.set("code")(event.target.value)} />
                    </Field>
                </div>
            ) : (
                <Field label={words("password")} fault={form.fault("password")}>
                    <input className="input" type="password" autoComplete="current-password" value={form.values.password} onChange={(event) => form.set("password")(event.target.value)} />
                </Field>
            )}
        </Dialog>
    );
}

function StopDialog({ onClose }: { onClose: () => void }) {
    const form = useForm({ password: "", code: "" });
    const stop = async () => {
        if (await form.send(() => api.delete("/auth/totp", { body: form.values }), false)) onClose();
    };
    return (
        <Dialog title={words("title")} onClose={onClose} onSubmit={() => void stop()} footer={<><Button onClick={onClose}>{t("cancel")}</Button><Button look="danger" type="submit" busy={form.busy}>{words("stop")}</Button></>}>
            <div className="stack">
                <Field label={words("password")} fault={form.fault("password")}>
                    <input className="input" type="password" autoComplete="current-password" value={form.values.password} onChange={(event) => form.set("password")(event.target.value)} />
                </Field>
                <Field label={words("codeOrRecovery")} fault={form.fault("code")}>
                    <input className="input" autoComplete="one-time-code" value={form.values.code} onChange={(event) => form.set("code")(event.target.value)} />
                </Field>
            </div>
        </Dialog>
    );
}
