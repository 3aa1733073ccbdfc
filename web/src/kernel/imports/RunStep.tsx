import { useState } from "react";
import undo from "bootstrap-icons/arrow-counterclockwise.svg";
import { texts } from "../../app/language";
import { Link, to } from "../../app/router";
import { Progress } from "../../design/Badge";
import { Button } from "../../design/Button";
import { can, useMeta } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { CountTiles } from "./CountTiles";
import { ImportErrors } from "./ImportErrors";
import { canUndo, importTexts, isGoing } from "./importTexts";
import { KeptRecords } from "./KeptRecords";
import type { ImportDocument } from "./types";
import { UndoDialog } from "./UndoDialog";

const t = texts({
    it: {
        running: "Importazione in corso. Puoi andare altrove: va avanti da sola.", undoing: "Annullamento in corso. Puoi andare altrove: va avanti da solo.",
        done: "Importazione finita.", undone: "Importazione annullata: i record creati sono nel cestino e quelli aggiornati sono tornati com'erano.", failed: "L'importazione si è fermata. {why} Quello che è già scritto resta; puoi riprenderla o annullarla.",
        created: "Apri i record creati", updated: "Apri i record aggiornati", again: "Importa un altro file",
    },
    en: {
        running: "The import is running. You can go elsewhere: it goes on by itself.", undoing: "The import is being undone. You can go elsewhere: it goes on by itself.",
        done: "The import is done.", undone: "The import is undone: the records that it created are in the bin, those that it updated are what they were.", failed: "The import has stopped. {why} What is written stays; you can resume or undo it.",
        created: "Open the created records", updated: "Open the updated records", again: "Import another file",
    },
});

/** The import while it writes, and what came of it. */
export function RunStep({ entity, document, onTaken }: { entity: EntityMeta; document: ImportDocument; onTaken: (next: ImportDocument) => void }) {
    const meta = useMeta();
    const canRead = can(entity, "list");
    const [asks, setAsks] = useState(false);
    const { status, counts } = document;
    const why = document.failure ? meta.meta.messages[`problem.${document.failure}`] ?? meta.meta.messages[`error.${document.failure}`] ?? "" : "";
    const span = (kind: "created" | "updated") => to(entity.path, { [`${kind}_at[gte]`]: document.started_at ?? "", ...(document.finished_at ? { [`${kind}_at[lte]`]: document.finished_at } : {}), [`${kind}_by`]: document.created_by, view: "list" });
    const said = status === "failed" ? t("failed", { why: why && `${why}.` }) : t(status === "running" || status === "undoing" || status === "undone" ? status : "done");
    return (
        <div className="import-page">
            <p className={`import-intro${status === "failed" ? " danger-text" : ""}`} role="status">{said}</p>
            {status !== "undoing" && status !== "undone" && <CountTiles counts={counts} isDone isWaiting={status === "running"} />}
            {isGoing(status) && (
                <div className="import-progress">
                    <Progress done={document.progress.done} total={document.progress.total} label={importTexts("progress", { file: document.file_name })} />
                    <span className="muted small">{importTexts("of", { done: document.progress.done, total: document.progress.total })}</span>
                </div>
            )}
            <div className="import-after">
                {status === "done" && counts.create > 0 && canRead && <Link className="button primary" href={span("created")}>{t("created")}</Link>}
                {status === "done" && counts.update > 0 && canRead && <Link className={counts.create ? "button" : "button primary"} href={span("updated")}>{t("updated")}</Link>}
                {!isGoing(status) && <Link className="button" href={to("imports/new", { entity: entity.name })}>{t("again")}</Link>}
                {canUndo(document) && <Button icon={undo} onClick={() => setAsks(true)}>{importTexts("undo")}</Button>}
            </div>
            {status === "undone" && <KeptRecords entity={entity} document={document} />}
            {status !== "undone" && !isGoing(status) && <ImportErrors document={document} />}
            {asks && <UndoDialog one={document} onClose={() => setAsks(false)} onStarted={onTaken} />}
        </div>
    );
}
