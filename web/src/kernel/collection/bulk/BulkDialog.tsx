import { useEffect, useMemo, useState } from "react";
import { Button } from "../../../design/Button";
import { Dialog } from "../../../design/Dialog";
import { Field } from "../../../design/Field";
import { Skeleton } from "../../../design/Badge";
import { explain, Problem } from "../../api/problem";
import { FieldInput, type Edit } from "../../fields/FieldInput";
import { unreadFields } from "../../fields/unread";
import { can, field } from "../../meta/meta";
import type { EntityMeta } from "../../meta/types";
import type { Row } from "../../records/types";
import type { ListQuery } from "../query";
import type { Selection } from "../selection";
import { countLabel } from "../words";
import { mostExceptions, previewBulk, runBulk, targetOf, type Change, type Preview } from "./bulk";
import { BulkPreview } from "./BulkPreview";
import { t } from "./bulkTexts";

interface Props {
    entity: EntityMeta;
    query: ListQuery;
    selection: Selection;
    count: number;
    isDelete: boolean;
    /** The field to change, where it is known already. */
    first: string | null;
    onClose: () => void;
    onStarted: () => void;
    onDone: () => void;
}

const long = ["json", "ids", "time_windows"];

/** Changes or deletes the selected records: first shown what would happen, then done with undo. */
export function BulkDialog({ entity, query, selection, count, isDelete, first, onClose, onStarted, onDone }: Props) {
    const fields = entity.fields.filter((one) => one.writable && !one.standard && !one.rules.unique && !one.rules.immutable && !long.includes(one.kind) && one.kind !== "currency");
    const [key, setKey] = useState<string | null>(first);
    const [edit, setEdit] = useState<Edit | null>(null);
    const [preview, setPreview] = useState<Preview | null>(null);
    const [fault, setFault] = useState<string>();
    const [busy, setBusy] = useState(false);
    const chosen = key ? field(entity, key) : undefined;
    const target = useMemo(() => targetOf(selection, query), [selection, query]);
    const set = JSON.stringify(edit?.set ?? null);
    useEffect(() => {
        setPreview(null);
        if (!isDelete && !edit) return;
        if (selection.isAll && selection.ids.size > mostExceptions) return setFault(t("tooMany"));
        const unread = unreadFields(entity, edit?.set ?? {})[0];
        if (unread) return setFault(unread.message);
        const ending = new AbortController();
        const timer = setTimeout(() => {
            previewBulk(entity, target, isDelete ? { delete: true } : { set: edit?.set ?? {} }, ending.signal)
                .then((next) => {
                    setFault(undefined);
                    setPreview(next);
                })
                .catch((error: unknown) => !ending.signal.aborted && setFault((key && error instanceof Problem && error.fault(`set.${key}`)) || explain(error)));
        }, 250);
        return () => {
            clearTimeout(timer);
            ending.abort();
        };
    }, [set, isDelete, target]);
    const what = countLabel(entity, preview?.count ?? count);
    const submit = async () => {
        const change: Change | null = isDelete ? { delete: true } : edit && { set: edit.set };
        if (!change) return setFault(t("missing"));
        setBusy(true);
        try {
            await runBulk(entity, target, change, t(isDelete ? "removing" : "working", { what }), onDone);
            onStarted();
        } catch (error) {
            setFault(explain(error));
            setBusy(false);
        }
    };
    const footer = (
        <>
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button type="submit" look={isDelete ? "danger" : "primary"} busy={busy} disabled={!preview || preview.count === 0}>{t(isDelete ? "runRemove" : "run", { what })}</Button>
        </>
    );
    return (
        <Dialog title={t(isDelete ? "removeTitle" : "title", { what: countLabel(entity, count) })} wide onClose={onClose} onSubmit={() => void submit()} footer={footer}>
            <div className="stack">
                {!isDelete && (
                    <div className="bulk-fields">
                        <Field label={t("field")}>
                            <select className="input" value={key ?? ""} onChange={(event) => {
                                setKey(event.target.value || null);
                                setEdit(null);
                                setFault(undefined);
                            }}>
                                {!key && <option value="">{t("choose")}</option>}
                                {fields.map((one) => <option key={one.key} value={one.key}>{one.label}</option>)}
                            </select>
                        </Field>
                        {chosen && (
                            <Field label={t("value")} fault={fault}>
                                <FieldInput key={chosen.key} field={chosen} value={edit?.set[chosen.key] ?? null} target={chosenTarget(edit, chosen.reference?.include)} onEdit={setEdit} />
                            </Field>
                        )}
                        {chosen && !chosen.rules.required && <Button bar look="plain" onClick={() => setEdit({ set: { [chosen.key]: null } })}>{t("empty")}</Button>}
                    </div>
                )}
                {isDelete && <p>{t(can(entity, "restore") ? "wouldRemove" : "wouldRemoveForGood", { count: preview?.count ?? count, what })}</p>}
                {isDelete && fault && <p className="danger-text" role="alert">{fault}</p>}
                {preview ? <BulkPreview entity={entity} preview={preview} isDelete={isDelete} /> : (isDelete || edit) && !fault && <div aria-busy="true" aria-label={t("looking")} role="status" className="bulk-waiting">{[0, 1, 2].map((line) => <Skeleton key={line} height={14} />)}</div>}
            </div>
        </Dialog>
    );
}

function chosenTarget(edit: Edit | null, include: string | null | undefined): Row | null {
    return (include && edit?.included?.[include]) || null;
}
