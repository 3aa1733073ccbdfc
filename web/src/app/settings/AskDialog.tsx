import { useState } from "react";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { explain } from "../../kernel/api/problem";
import { t } from "./texts";

interface Props {
    /** Names what will go. */
    title: string;
    text: string;
    /** The verb on the button. */
    action: string;
    onYes: () => Promise<unknown>;
    onClose: () => void;
}

/** Asks before something goes that can't be brought back; where it is refused, it says why. */
export function AskDialog({ title, text, action, onYes, onClose }: Props) {
    const [busy, setBusy] = useState(false);
    const [fault, setFault] = useState<string>();
    const run = () => {
        setBusy(true);
        onYes().then(onClose, (error: unknown) => {
            setFault(explain(error));
            setBusy(false);
        });
    };
    return (
        <Dialog title={title} onClose={onClose} footer={<><Button onClick={onClose}>{t("cancel")}</Button><Button look="danger" busy={busy} onClick={run}>{action}</Button></>}>
            <p>{text}</p>
            {fault && <p className="danger-text" role="alert">{fault}</p>}
        </Dialog>
    );
}
