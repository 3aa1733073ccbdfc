import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { Field } from "../../design/Field";
import { api } from "../../kernel/api/client";
import { useLoaded } from "../../kernel/api/useLoaded";
import { useMeta } from "../../kernel/meta/meta";
import type { Page } from "../../kernel/records/types";
import { texts } from "../language";
import { roleName } from "./roleName";
import { t } from "./texts";
import { useForm } from "./useForm";

const words = texts({
    it: { title: "Invita persone", text: "Riceve un'e-mail con un collegamento che vale 7 giorni.", invite: "Invia invito", sent: "Invito inviato a {email}", teams: "Team" },
    en: { title: "Invite people", text: "They get an e-mail with a link that holds for 7 days.", invite: "Send invitation", sent: "Invitation sent to {email}", teams: "Teams" },
});

/** Invites one person by e-mail with a role and teams. */
export function InviteDialog({ onClose, onInvited }: { onClose: () => void; onInvited: () => void }) {
    const meta = useMeta();
    const roles = useLoaded<Page>("/roles", { limit: 200 });
    const teams = useLoaded<Page>(meta.holds("teams.read") ? "/teams" : null, { limit: 200, sort: "name" });
    const form = useForm({ email: "", role_id: "", team_ids: [] as string[] }, "invitation");
    const role = form.values.role_id || roles.data?.data.find((one) => one["key"] === "sales_rep")?.id || roles.data?.data[0]?.id || "";
    const close = () => {
        form.drop();
        onClose();
    };
    const send = async () => {
        const said = words("sent", { email: form.values.email });
        if (await form.send(() => api.post("/invitations", { email: form.values.email, role_id: role, ...(form.values.team_ids.length ? { team_ids: form.values.team_ids } : {}) }), said)) {
            onInvited();
            onClose();
        }
    };
    return (
        <Dialog title={words("title")} onClose={close} onSubmit={() => void send()} footer={<><Button onClick={close}>{t("cancel")}</Button><Button look="primary" type="submit" busy={form.busy}>{words("invite")}</Button></>}>
            <div className="stack">
                <p className="muted">{words("text")}</p>
                <Field label={t("email")} required fault={form.fault("email")}>
                    <input className="input" type="email" autoComplete="off" value={form.values.email} onChange={(event) => form.set("email")(event.target.value)} />
                </Field>
                <Field label={t("role")} required fault={form.fault("role_id")}>
                    <select className="input" value={role} onChange={(event) => form.set("role_id")(event.target.value)}>
                        {roles.data?.data.map((one) => <option key={one.id} value={one.id}>{roleName(one, meta)}</option>)}
                    </select>
                </Field>
                {(teams.data?.data.length ?? 0) > 0 && (
                    <fieldset className="check-list">
                        <legend className="field-label" style={{ font: "inherit", fontWeight: 500 }}>{words("teams")}</legend>
                        {teams.data?.data.map((team) => (
                            <label key={team.id} className="check">
                                <input type="checkbox" className="checkbox" checked={form.values.team_ids.includes(team.id)} onChange={(event) => form.set("team_ids")(event.target.checked ? [...form.values.team_ids, team.id] : form.values.team_ids.filter((id) => id !== team.id))} />
                                {String(team["name"])}
                            </label>
                        ))}
                    </fieldset>
                )}
            </div>
        </Dialog>
    );
}
