import { useState } from "react";
import keySymbol from "bootstrap-icons/key.svg";
import { Empty } from "../../design/Badge";
import { Button } from "../../design/Button";
import { DateField } from "../../design/DateField";
import { Dialog } from "../../design/Dialog";
import { Field } from "../../design/Field";
import { Icon } from "../../design/Icon";
import { api } from "../../kernel/api/client";
import { useLoaded } from "../../kernel/api/useLoaded";
import { fromLocalMinutes, instantDate, relative } from "../../kernel/format/format";
import { useMeta } from "../../kernel/meta/meta";
import type { Page, Row } from "../../kernel/records/types";
import { texts } from "../language";
import { SheetWaiting } from "./SheetWaiting";
import { AskDialog } from "./AskDialog";
import { Copyable } from "./Copyable";
import { roleName } from "./roleName";
import { t } from "./texts";
import { useForm } from "./useForm";

const words = texts({
    it: {
        empty: "Nessuna chiave", emptyText: "Una chiave dà a un programma esterno i permessi di un ruolo, fino a una scadenza.", add: "Nuova chiave", make: "Crea chiave", expires: "Scade il", never: "Senza scadenza", used: "Ultimo uso", notUsed: "Mai usata",
        once: "Copia la chiave adesso: non si vedrà più.", done: "Ho copiato la chiave", as: "Con i permessi di", key: "Chiave", who: "A nome di", ask: "Revocare «{name}»?", askText: "I programmi che la usano smettono subito di funzionare. Non si può tornare indietro: servirà una chiave nuova.",
    },
    en: {
        empty: "No keys", emptyText: "A key gives an outside program the permissions of a role, until it expires.", add: "New key", make: "Create key", expires: "Expires on", never: "Never expires", used: "Last used", notUsed: "Never used",
        once: "Copy the key now: it won't be shown again.", done: "I have copied the key", as: "With the permissions of", key: "Key", who: "On behalf of", ask: "Revoke “{name}”?", askText: "Programs that use it stop working at once. This can't be undone: a new key will be needed.",
    },
});

/** Keys for programs: made with a role and an expiry, shown once, revoked. */
export function KeysPage() {
    const { data, problem, reload } = useLoaded<Page>("/api-keys", { limit: 200, include: "role,member" });
    const [making, setMaking] = useState(false);
    const [revoking, setRevoking] = useState<Row | null>(null);
    const add = <Button look="primary" onClick={() => setMaking(true)}>{words("add")}</Button>;
    return (
        <section>
            {data && !data.data.length ? <Empty icon={<Icon svg={keySymbol} size={28} />} title={words("empty")} action={add}>{words("emptyText")}</Empty> : (
                <>
                    <div className="page-actions"><p className="muted grow">{words("emptyText")}</p>{add}</div>
                    <div className="sheet-scroll" tabIndex={0}>
                        <table className="sheet">
                            <thead><tr><th scope="col">{t("name")}</th><th scope="col">{words("key")}</th><th scope="col">{t("role")}</th><th scope="col">{words("who")}</th><th scope="col">{words("used")}</th><th scope="col">{words("expires")}</th><td /></tr></thead>
                            <tbody>{!data && <SheetWaiting problem={problem} onRetry={reload} columns={7} />}{data?.data.map((key) => <KeyLine key={key.id} row={key} onRevoke={() => setRevoking(key)} />)}</tbody>
                        </table>
                    </div>
                </>
            )}
            {revoking && <AskDialog title={words("ask", { name: String(revoking["name"]) })} text={words("askText")} action={t("revoke")} onYes={() => api.delete(`/api-keys/${revoking.id}`).then(reload)} onClose={() => setRevoking(null)} />}
            {making && <KeyDialog onClose={() => { setMaking(false); reload(); }} />}
        </section>
    );
}

function KeyLine({ row, onRevoke }: { row: Row; onRevoke: () => void }) {
    const meta = useMeta();
    const name = String(row["name"]);
    const [role, member] = [row["role"] as Row | null, row["member"] as Row | null];
    return (
        <tr>
            <td>{name}</td>
            <td className="wide-only muted">sk_…{String(row["prefix"]).slice(-6)}</td>
            <td>{role ? roleName(role, meta) : "—"}</td>
            <td className="wide-only">{member ? String(member["name"]) : "—"}</td>
            <td>{row["last_used_at"] ? relative(String(row["last_used_at"])) : <span className="muted">{words("notUsed")}</span>}</td>
            <td data-label={row["expires_at"] ? words("expires") : undefined}>{row["expires_at"] ? instantDate(String(row["expires_at"])) : <span className="muted">{words("never")}</span>}</td>
            <td className="end"><Button bar look="plain" aria-label={`${t("revoke")}: ${name}`} onClick={onRevoke}>{t("revoke")}</Button></td>
        </tr>
    );
}

function KeyDialog({ onClose }: { onClose: () => void }) {
    const meta = useMeta();
    const roles = useLoaded<Page>("/roles", { limit: 200 });
    const form = useForm({ name: "", role_id: "", expires_on: "" }, "key");
    const close = () => {
        form.drop();
        onClose();
    };
    const [secret, setSecret] = useState<string | null>(null);
    const role = form.values.role_id || roles.data?.data.find((one) => one["key"] === "viewer")?.id || roles.data?.data[0]?.id || "";
    const make = () => void form.send(async () => {
        const made = await api.post<{ key: string }>("/api-keys", { name: form.values.name, role_id: role, ...(form.values.expires_on ? { expires_at: fromLocalMinutes(`${form.values.expires_on}T23:59`) } : {}) });
        setSecret(made.key);
    }, false);
    if (secret !== null) {
        return (
            <Dialog title={words("add")} onClose={onClose} footer={<Button look="primary" onClick={onClose}>{words("done")}</Button>}>
                <div className="stack"><p className="note warning">{words("once")}</p><div className="secret"><span className="grow">{secret}</span><Copyable text={secret} /></div></div>
            </Dialog>
        );
    }
    return (
        <Dialog title={words("add")} onClose={close} onSubmit={make} footer={<><Button onClick={close}>{t("cancel")}</Button><Button look="primary" type="submit" busy={form.busy}>{words("make")}</Button></>}>
            <div className="stack">
                <Field label={t("name")} required fault={form.fault("name")}><input className="input" value={form.values.name} onChange={(event) => form.set("name")(event.target.value)} /></Field>
                <Field label={words("as")} fault={form.fault("role_id")}>
                    <select className="input" value={role} onChange={(event) => form.set("role_id")(event.target.value)}>
                        {roles.data?.data.map((one) => <option key={one.id} value={one.id}>{roleName(one, meta)}</option>)}
                    </select>
                </Field>
                <Field label={words("expires")} fault={form.fault("expires_at")}><DateField value={form.values.expires_on} onChange={form.set("expires_on")} /></Field>
            </div>
        </Dialog>
    );
}
