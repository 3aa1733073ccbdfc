import { useCallback, useState } from "react";
import { Avatar } from "../../design/Badge";
import { Button } from "../../design/Button";
import { Combobox, type Option } from "../../design/Combobox";
import { Dialog } from "../../design/Dialog";
import { Field } from "../../design/Field";
import { api } from "../../kernel/api/client";
import type { Page, Row } from "../../kernel/records/types";
import { texts } from "../language";
import { t } from "./texts";
import { useForm } from "./useForm";

const words = texts({
    it: { title: "Rimuovi {name}", text: "Non potrà più accedere. Quello che gli è assegnato passa a:", heir: "Passa a", nobody: "Resta a suo nome", remove: "Rimuovi", removed: "{name} non fa più parte dell'organizzazione" },
    en: { title: "Remove {name}", text: "They can no longer log in. What they own passes to:", heir: "Passes to", nobody: "Stays in their name", remove: "Remove", removed: "{name} is no longer in the organization" },
});

/** Removes a member; what they own passes on to another. */
export function RemoveMemberDialog({ member, onClose, onRemoved }: { member: Row; onClose: () => void; onRemoved: () => void }) {
    const form = useForm({});
    const [heir, setHeir] = useState<Option | null>(null);
    const name = String(member["name"]);
    const find = useCallback(async (text: string, signal: AbortSignal): Promise<Option[]> => {
        const page = await api.get<Page>("/members", { limit: 20, status: "active", ...(text.trim() ? { q: text.trim() } : {}) }, signal);
        return page.data.filter((one) => one.id !== member.id).map((one) => ({ value: one.id, label: String(one["name"]), before: <Avatar name={String(one["name"])} /> }));
    }, [member.id]);
    const remove = async () => {
        if (await form.send(() => api.delete(`/members/${member.id}`, heir ? { query: { reassign_to: heir.value } } : {}), words("removed", { name }))) {
            onRemoved();
            onClose();
        }
    };
    return (
        <Dialog title={words("title", { name })} onClose={onClose} onSubmit={() => void remove()} footer={<><Button onClick={onClose}>{t("cancel")}</Button><Button look="danger" type="submit" busy={form.busy}>{words("remove")}</Button></>}>
            <div className="stack">
                <p>{words("text")}</p>
                <Field label={words("heir")} fault={form.fault("reassign_to")}><Combobox value={heir} onChange={setHeir} find={find} clearable placeholder={words("nobody")} /></Field>
            </div>
        </Dialog>
    );
}
