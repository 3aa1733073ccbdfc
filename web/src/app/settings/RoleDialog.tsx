import { useState } from "react";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { Field } from "../../design/Field";
import { api } from "../../kernel/api/client";
import { useMeta } from "../../kernel/meta/meta";
import type { Row } from "../../kernel/records/types";
import { texts } from "../language";
import { AskDialog } from "./AskDialog";
import { roleName } from "./roleName";
import { t } from "./texts";
import { useForm } from "./useForm";

const words = texts({
    it: { new: "Nuovo ruolo", edit: "Modifica ruolo", copy: "Copia di {role}", start: "Comincia senza permessi: concedili nella tabella.", startCopy: "Comincia con gli stessi permessi: cambiali nella tabella.", ask: "Eliminare il ruolo «{name}»?", askText: "Non si può tornare indietro." },
    en: { new: "New role", edit: "Edit role", copy: "Copy of {role}", start: "It begins without permissions: grant them in the table.", startCopy: "It begins with the same permissions: change them in the table.", ask: "Delete the role “{name}”?", askText: "This can't be undone." },
});

/** Names a role: a new one, a copy, or one's own. */
export function RoleDialog({ role, copies, onClose, onSaved }: { role: Row | null; copies?: Row; onClose: () => void; onSaved: () => void }) {
    const meta = useMeta();
    const form = useForm({ name: role ? String(role["name"]) : copies ? words("copy", { role: roleName(copies, meta) }) : "", description: String(role?.["description"] ?? "") }, role ? `role:${role.id}` : `role-like:${copies?.id ?? "none"}`);
    const [asks, setAsks] = useState(false);
    const { values } = form;
    const close = () => {
        form.drop();
        onClose();
    };
    const finish = () => {
        onSaved();
        onClose();
    };
    const save = async () => {
        const body = { name: values.name, description: values.description || null };
        const work = () => (role ? api.patch(`/roles/${role.id}`, body) : copies ? api.post(`/roles/${copies.id}/copies`, body) : api.post("/roles", { ...body, grants: [] }));
        if (await form.send(work)) finish();
    };
    if (asks && role) return <AskDialog title={words("ask", { name: String(role["name"]) })} text={words("askText")} action={t("delete")} onYes={() => api.delete(`/roles/${role.id}`).then(onSaved)} onClose={close} />;
    return (
        <Dialog
            title={role ? words("edit") : words("new")}
            onClose={close}
            onSubmit={() => void save()}
            footer={<>
                {role && <Button look="danger" onClick={() => setAsks(true)}>{t("delete")}</Button>}
                <span className="grow" />
                <Button onClick={close}>{t("cancel")}</Button>
                <Button look="primary" type="submit" busy={form.busy}>{t("save")}</Button>
            </>}
        >
            <div className="stack">
                {!role && <p className="muted">{words(copies ? "startCopy" : "start")}</p>}
                <Field label={t("name")} required fault={form.fault("name")}><input className="input" value={values.name} onChange={(event) => form.set("name")(event.target.value)} /></Field>
                <Field label={t("description")} fault={form.fault("description")}><textarea className="input" value={values.description} onChange={(event) => form.set("description")(event.target.value)} /></Field>
            </div>
        </Dialog>
    );
}
