import { useState } from "react";
import { texts } from "../../../app/language";
import { Button } from "../../../design/Button";
import { Dialog } from "../../../design/Dialog";
import { Field } from "../../../design/Field";
import { explain, Problem } from "../../api/problem";

const t = texts({
    it: { name: "Nome", sharing: "Chi la vede", private: "Solo io", shared: "Tutta l'organizzazione", save: "Salva", cancel: "Annulla", missing: "Dai un nome alla vista." },
    en: { name: "Name", sharing: "Who sees it", private: "Only me", shared: "The whole organization", save: "Save", cancel: "Cancel", missing: "Give the view a name." },
});

interface Props {
    title: string;
    name: string;
    /** Asked for new ones. */
    sharing?: "private" | "shared";
    onSave: (name: string, sharing: string) => Promise<void>;
    onClose: () => void;
}

/** What a saved view is called, and who sees it. */
export function ViewNameDialog({ title, name: before, sharing: first, onSave, onClose }: Props) {
    const [name, setName] = useState(before);
    const [sharing, setSharing] = useState<string>(first ?? "private");
    const [fault, setFault] = useState<string>();
    const [busy, setBusy] = useState(false);
    const submit = async () => {
        if (!name.trim()) return setFault(t("missing"));
        setBusy(true);
        try {
            await onSave(name.trim(), sharing);
        } catch (error) {
            setFault((error instanceof Problem && error.fault("name")) || explain(error));
            setBusy(false);
        }
    };
    const footer = <><Button onClick={onClose}>{t("cancel")}</Button><Button look="primary" type="submit" busy={busy}>{t("save")}</Button></>;
    return (
        <Dialog title={title} onClose={onClose} onSubmit={() => void submit()} footer={footer}>
            <div className="stack">
                <Field label={t("name")} fault={fault} required><input className="input" maxLength={100} value={name} onChange={(event) => setName(event.target.value)} /></Field>
                {first && (
                    <Field label={t("sharing")}>
                        <select className="input" value={sharing} onChange={(event) => setSharing(event.target.value)}>
                            <option value="private">{t("private")}</option>
                            <option value="shared">{t("shared")}</option>
                        </select>
                    </Field>
                )}
            </div>
        </Dialog>
    );
}
