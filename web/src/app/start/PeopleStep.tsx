import { useState } from "react";
import { Button } from "../../design/Button";
import { Field } from "../../design/Field";
import { toast } from "../../design/Toast";
import { api } from "../../kernel/api/client";
import { useLoaded } from "../../kernel/api/useLoaded";
import { useMeta } from "../../kernel/meta/meta";
import { toastProblem } from "../../kernel/records/change";
import type { Page, Row } from "../../kernel/records/types";
import { roleName } from "../settings/roleName";
import { useForm } from "../settings/useForm";
import { texts } from "../language";
import { Link, to } from "../router";
import { useSession } from "../session";

const t = texts({
    it: { email: "E-mail", role: "Ruolo", invite: "Invita", sent: "Invito inviato a {email}", people: "Tutte le persone", verify: "Prima conferma il tuo indirizzo: apri il collegamento che ti abbiamo mandato a {email}.", resend: "Manda di nuovo", resent: "Messaggio inviato a {email}", confirmed: "L'ho confermato", waiting: "In attesa di risposta" },
    en: { email: "E-mail", role: "Role", invite: "Invite", sent: "Invitation sent to {email}", people: "All people", verify: "Confirm your address first: open the link that we sent to {email}.", resend: "Send it again", resent: "Message sent to {email}", confirmed: "I have confirmed it", waiting: "Waiting for an answer" },
});

/** Invites people one after the other: an address and a role. */
export function PeopleStep({ onChanged }: { onChanged: () => void }) {
    const meta = useMeta();
    const { profile, reload } = useSession();
    const roles = useLoaded<Page>(meta.holds("roles.read") ? "/roles" : null, { limit: 200 });
    const invited = useLoaded<Page>("/invitations", { limit: 20, include: "role" });
    const form = useForm({ email: "", role_id: "" });
    const [round, setRound] = useState(0);
    const { email } = profile.user;
    if (!profile.user.email_verified) {
        return (
            <div className="stack">
                <p>{t("verify", { email })}</p>
                <div className="row">
                    <Button onClick={() => api.post("/auth/verify/resend", {}).then(() => toast({ text: t("resent", { email }), kind: "success" }), toastProblem)}>{t("resend")}</Button>
                    <Button look="plain" onClick={() => void reload()}>{t("confirmed")}</Button>
                </div>
            </div>
        );
    }
    const role = form.values.role_id || roles.data?.data.find((one) => one["key"] === "sales_rep")?.id || roles.data?.data[0]?.id || "";
    const send = async () => {
        const sent = await form.send(() => api.post("/invitations", { email: form.values.email.trim(), role_id: role }), t("sent", { email: form.values.email }));
        if (!sent) return;
        form.set("email")("");
        setRound(round + 1);
        invited.reload();
        onChanged();
    };
    const waiting = invited.data?.data.filter((one) => (one["status"] ?? "pending") === "pending") ?? [];
    return (
        <div className="stack">
            <form key={round} className="start-invite" onSubmit={(event) => { event.preventDefault(); void send(); }}>
                <Field label={t("email")} fault={form.fault("email")}><input className="input" type="email" autoComplete="off" autoFocus={round > 0} value={form.values.email} onChange={(event) => form.set("email")(event.target.value)} /></Field>
                <Field label={t("role")} fault={form.fault("role_id")}>
                    <select className="input" value={role} onChange={(event) => form.set("role_id")(event.target.value)}>
                        {roles.data?.data.map((one) => <option key={one.id} value={one.id}>{roleName(one, meta)}</option>)}
                    </select>
                </Field>
                <Button type="submit" look="primary" busy={form.busy}>{t("invite")}</Button>
            </form>
            {waiting.length > 0 && (
                <ul className="start-invited" aria-label={t("waiting")}>
                    {waiting.map((one) => <li key={one.id}><span className="truncate">{String(one["email"])}</span><span className="muted small">{one["role"] ? roleName(one["role"] as Row, meta) : ""} · {t("waiting")}</span></li>)}
                </ul>
            )}
            <div><Link href={to("settings/members")}>{t("people")}</Link></div>
        </div>
    );
}
