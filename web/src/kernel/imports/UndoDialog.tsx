import { useState } from "react";
import { followWork } from "../../app/shell/work";
import { texts } from "../../app/language";
import { to } from "../../app/router";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { api } from "../api/client";
import { explain } from "../api/problem";
import { importTexts } from "./importTexts";
import type { ImportDocument, ImportSummary } from "./types";

const t = texts({
    it: {
        title: "Annullare l'importazione di {file}?",
        created: { one: "Il record creato va nel cestino.", other: "I {count} record creati vanno nel cestino." },
        updated: { one: "Il record aggiornato torna com'era.", other: "I {count} record aggiornati tornano com'erano." },
        kept: "Quello che qualcuno ha cambiato dopo resta, e ti diremo che cosa.",
        keep: "Tieni i dati", label: "Annullamento di {file}",
    },
    en: {
        title: "Undo the import of {file}?",
        created: { one: "The record that was created goes to the bin.", other: "The {count} records that were created go to the bin." },
        updated: { one: "The record that was updated becomes what it was.", other: "The {count} records that were updated become what they were." },
        kept: "What someone has changed since stays, and you will be told what.",
        keep: "Keep the data", label: "Undoing {file}",
    },
});

/** Asks before all that a file brought is taken back, and starts it. */
export function UndoDialog({ one, onClose, onStarted }: { one: ImportSummary; onClose: () => void; onStarted: (next: ImportDocument) => void }) {
    const [busy, setBusy] = useState(false);
    const [fault, setFault] = useState("");
    const start = async () => {
        setBusy(true);
        try {
            const next = await api.post<ImportDocument>(`/imports/${one.id}/undo`);
            followWork({ key: `import:${one.id}`, label: t("label", { file: one.file_name }), href: to(`imports/${one.id}`) });
            onClose();
            onStarted(next);
        } catch (error) {
            setFault(explain(error));
            setBusy(false);
        }
    };
    return (
        <Dialog
            title={t("title", { file: one.file_name })}
            onClose={onClose}
            footer={<>
                <Button onClick={onClose}>{t("keep")}</Button>
                <Button look="danger" busy={busy} onClick={() => void start()}>{importTexts("undo")}</Button>
            </>}
        >
            <p>
                {one.counts.create > 0 && <>{t("created", { count: one.counts.create })} </>}
                {one.counts.update > 0 && <>{t("updated", { count: one.counts.update })} </>}
                {t("kept")}
            </p>
            {fault && <p className="danger-text" role="alert">{fault}</p>}
        </Dialog>
    );
}
