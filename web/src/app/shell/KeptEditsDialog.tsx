import { useEffect, useState } from "react";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { FieldValue } from "../../kernel/fields/FieldValue";
import { relative } from "../../kernel/format/format";
import { field, useMeta } from "../../kernel/meta/meta";
import type { KeptEdit } from "../../kernel/records/keptEdits";
import { dropEdit, sendKept, useKeptEdits } from "../../kernel/records/outbox";
import type { Row } from "../../kernel/records/types";
import { texts } from "../language";
import { Link, to } from "../router";
import { sayBackOnline } from "./connection";

const t = texts({
    it: { title: "Modifiche non ancora inviate", text: "Restano in questo browser finché il server non le ha ricevute.", send: "Invia ora", drop: "Scarta", dropped: "Scarta la modifica di «{name}»", droppedNew: "Scarta «{name}»" },
    en: { title: "Changes not sent yet", text: "They stay in this browser until the server has received them.", send: "Send now", drop: "Discard", dropped: "Discard the change of “{name}”", droppedNew: "Discard “{name}”" },
});

/** What waits to be sent, what was refused and why; each can be sent again or given up. */
export function KeptEditsDialog({ onClose }: { onClose: () => void }) {
    const edits = useKeptEdits();
    const [isBusy, setBusy] = useState(false);
    useEffect(() => {
        if (!edits.length) onClose();
    }, [edits.length, onClose]);
    const send = () => {
        setBusy(true);
        void sendKept(true).then((count) => count && sayBackOnline(count)).finally(() => setBusy(false));
    };
    return (
        <Dialog title={t("title")} onClose={onClose} footer={<Button look="primary" busy={isBusy} onClick={send}>{t("send")}</Button>}>
            <p className="muted">{t("text")}</p>
            <ul>{edits.map((edit) => <Edit key={edit.id} edit={edit} onClose={onClose} />)}</ul>
        </Dialog>
    );
}

function Edit({ edit, onClose }: { edit: KeptEdit; onClose: () => void }) {
    const entity = useMeta().entity(edit.entity);
    if (!entity) return null;
    const row = { ...edit.before, ...edit.set, ...(edit.included ?? {}) } as Row;
    return (
        <li className="kept-edit">
            <div className="grow">
                {edit.isNew ? <span>{entity.label.one}: {edit.label}</span> : <Link href={to(`${entity.path}/${edit.id}`)} onClick={onClose}>{edit.label}</Link>} <span className="muted small">{relative(edit.at)}</span>
                <dl>
                    {Object.keys(edit.set).flatMap((key) => {
                        const described = field(entity, key);
                        return described ? [<dt key={`${key} label`} className="muted">{described.label}</dt>, <dd key={key}><FieldValue entity={entity} field={described} row={row} /></dd>] : [];
                    })}
                </dl>
                {edit.fault && <p className="danger-text" role="alert">{edit.fault}</p>}
            </div>
            <Button bar aria-label={t(edit.isNew ? "droppedNew" : "dropped", { name: edit.label })} onClick={() => dropEdit(edit.id)}>{t("drop")}</Button>
        </li>
    );
}
