import { useState } from "react";
import download from "bootstrap-icons/download.svg";
import undo from "bootstrap-icons/arrow-counterclockwise.svg";
import { texts } from "../../app/language";
import { Link, to } from "../../app/router";
import { Avatar, Dot, Progress } from "../../design/Badge";
import { Button, IconButton } from "../../design/Button";
import * as format from "../format/format";
import { useMeta } from "../meta/meta";
import { canUndo, countWords, importTexts, isGoing, statusName, statusTone } from "./importTexts";
import { saveErrors } from "./saveErrors";
import type { ImportSummary } from "./types";
import { UndoDialog } from "./UndoDialog";

const t = texts({ it: { go: "Continua", undo: "Annulla" }, en: { go: "Continue", undo: "Undo" } });

/** One import of the list: what, where to, how it stands, and what can be done with it. */
export function ImportRow({ one, who, onChanged }: { one: ImportSummary; who: string; onChanged: () => Promise<void> }) {
    const meta = useMeta();
    const [asks, setAsks] = useState(false);
    const entity = meta.entity(one.entity);
    const waits = one.status === "analysed" || one.status === "checked";
    const counts = countWords(one.counts);
    return (
        <tr data-import-id={one.id}>
            <td><Link className="import-name truncate" href={to(`imports/${one.id}`)}>{one.file_name}</Link></td>
            <td>{entity?.label.many ?? ""}</td>
            <td><Dot tone={statusTone(one.status)}>{statusName(one.status)}</Dot></td>
            <td className="import-rows">
                {isGoing(one.status)
                    ? <><span className="small muted">{importTexts("of", { done: one.progress.done, total: one.progress.total })}</span><Progress done={one.progress.done} total={one.progress.total} label={importTexts("progress", { file: one.file_name })} /></>
                    : <span title={counts}>{waits || !counts ? importTexts("rows", { count: one.rows }) : counts}</span>}
            </td>
            <td>{who && <span className="person"><Avatar name={who} /><span className="truncate">{who}</span></span>}</td>
            <td><time dateTime={one.created_at} title={format.fullInstant(one.created_at)}>{format.relative(one.created_at)}</time></td>
            <td>
                <div className="import-actions">
                    {waits && <Link className="button bar" href={to(`imports/${one.id}`)}>{t("go")}</Link>}
                    {one.counts.error > 0 && !one.file_removed_at && !isGoing(one.status) && <IconButton look="plain" bar icon={download} label={importTexts("errorFile")} onClick={() => saveErrors(one)} />}
                    {canUndo(one) && <Button bar icon={undo} onClick={() => setAsks(true)} aria-label={`${importTexts("undo")}: ${one.file_name}`}>{t("undo")}</Button>}
                </div>
                {asks && <UndoDialog one={one} onClose={() => setAsks(false)} onStarted={() => void onChanged()} />}
            </td>
        </tr>
    );
}
