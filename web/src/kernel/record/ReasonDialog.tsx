import { useState } from "react";
import { texts } from "../../app/language";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { Field } from "../../design/Field";
import { explain } from "../api/problem";

const t = texts({
    it: { cancel: "Annulla", confirm: "Conferma", missing: "Scrivi il motivo: resta nella storia del record." },
    en: { cancel: "Cancel", confirm: "Confirm", missing: "Write the reason: it stays in the record’s history." },
});

interface Props {
    title: string;
    /** What the reason is called: «Motivo della perdita». */
    label: string;
    /** The word on the button that goes on; «Conferma» otherwise. */
    action?: string;
    /** Reasons that were given before, offered while typing. */
    known?: string[];
    max?: number;
    /** May take its time; what it throws is shown and the dialog stays with what was typed. */
    onSubmit: (reason: string) => Promise<unknown> | void;
    onClose: () => void;
}

/** Asks why, where a change has to be given a reason. Whoever opens it closes it. */
export function ReasonDialog({ title, label, action, known, max = 500, onSubmit, onClose }: Props) {
    const [reason, setReason] = useState("");
    const [fault, setFault] = useState<string>();
    const [busy, setBusy] = useState(false);
    const submit = async () => {
        if (!reason.trim()) return setFault(t("missing"));
        setBusy(true);
        try {
            await onSubmit(reason.trim());
        } catch (error) {
            setFault(explain(error));
            setBusy(false);
        }
    };
    const footer = (
        <>
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button look="primary" type="submit" busy={busy}>{action ?? t("confirm")}</Button>
        </>
    );
    return (
        <Dialog title={title} onClose={onClose} onSubmit={() => void submit()} footer={footer}>
            <Field label={label} fault={fault} required>
                <input className="input" value={reason} maxLength={max} list={known?.length ? "known-reasons" : undefined} autoComplete="off" onChange={(event) => setReason(event.target.value)} />
            </Field>
            {!!known?.length && <datalist id="known-reasons">{known.map((one) => <option key={one} value={one} />)}</datalist>}
        </Dialog>
    );
}
