import { useEffect, useMemo, useRef, useState } from "react";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { toast } from "../../design/Toast";
import { go, to } from "../../app/router";
import { useSession } from "../../app/session";
import { Problem, explain } from "../api/problem";
import { readDraft, useDraft } from "../draft";
import type { Edit } from "../fields/FieldInput";
import { labelOf } from "../meta/label";
import type { EntityMeta } from "../meta/types";
import { toastProblem } from "../records/change";
import type { Row, Value } from "../records/types";
import { fetchRecord } from "../records/useRecord";
import { CreateField } from "./CreateField";
import { createRecord } from "./createRecord";
import { Duplicates } from "./Duplicates";
import { formFields, impliedBy } from "./formFields";
import { newId } from "./newId";
import type { CreateRequest } from "./openCreate";
import { createTexts as t, lowered } from "./texts";

/** What was typed so far, and the id under which it will be sent. */
interface Draft {
    id: string;
    set: Record<string, Value>;
    included: Record<string, Row | null>;
}

const blank = (): Draft => ({ id: newId(), set: {}, included: {} });

interface Props {
    entity: EntityMeta;
    request: CreateRequest;
    /** How many such dialogs stand below this one. */
    depth: number;
    onClose: () => void;
}

/** The dialog that makes a record: required and important fields first, the others folded; what was typed is kept until it is sent. */
export default function CreateDialog({ entity, request, depth, onClose }: Props) {
    const { memberId, profile } = useSession();
    const key = `create:${entity.name}:${depth}`;
    const [start] = useState(blank);
    const [resumed, setResumed] = useState(() => Object.keys(readDraft<Draft>(key)?.set ?? {}).some((one) => !(one in (request.initial ?? {}))));
    const [draft, setDraft, clear] = useDraft<Draft>(key, start);
    const [problem, setProblem] = useState<Problem | null>(null);
    const [busy, setBusy] = useState(false);
    const [round, setRound] = useState(0);
    const [moreOpen, setMoreOpen] = useState(false);
    const body = useRef<HTMLDivElement>(null);
    const initial = useMemo(() => request.initial ?? {}, [request.initial]);
    const { main, more } = useMemo(() => formFields(entity, initial), [entity, initial]);
    const values = useMemo(() => ({ ...defaults(entity, memberId), ...initial, ...draft.set }), [entity, memberId, initial, draft.set]);
    const known = useMemo(() => ({ owner: { id: memberId, type: "kernel.member", version: 0, name: profile.user.name } as Row, ...draft.included }), [memberId, profile.user.name, draft.included]);
    useEffect(() => {
        setDraft((before) => ({ ...before, set: Object.fromEntries(Object.entries(before.set).filter(([name]) => !(name in initial))) }));
    }, [initial, setDraft]);
    const edit = (fieldKey: string) => ({ set, included }: Edit) => {
        const field = entity.fields.find((one) => one.key === fieldKey);
        const target = Object.values(included ?? {})[0] ?? null;
        const implied = field ? impliedBy(entity, field, target, { ...values, ...set }) : {};
        setDraft((before) => ({ ...before, set: { ...before.set, ...implied, ...set }, included: { ...before.included, ...(included ?? {}) } }));
        setProblem((before) => (before ? new Problem(before.status, { ...before.body, errors: before.errors.filter((one) => !(one.field in set)) }) : null));
    };
    const save = async (goesOn: boolean) => {
        if (busy) return;
        setBusy(true);
        setProblem(null);
        try {
            const row = await createRecord(entity, draft.id, filled({ ...initial, ...draft.set }));
            toast({ text: t("made", { name: labelOf(row, entity) }), kind: "success", ...(depth ? {} : { action: { label: t("open"), run: () => go(to(`${entity.path}/${row.id}`)) } }) });
            clear();
            request.onCreated?.(row);
            if (!goesOn) return onClose();
            setDraft(blank());
            setResumed(false);
            setRound((before) => before + 1);
            setTimeout(() => body.current?.querySelector<HTMLElement>("input, textarea, select")?.focus());
        } catch (error) {
            const next = error instanceof Problem ? error : new Problem(0, { detail: explain(error) });
            setProblem(next);
            if (more.some((field) => next.fault(field.key))) setMoreOpen(true);
            setTimeout(() => body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
        } finally {
            setBusy(false);
        }
    };
    const use = (id: string) => {
        fetchRecord(entity, id).then((row) => {
            clear();
            request.onCreated?.(row);
            onClose();
        }).catch(toastProblem);
    };
    const said = { ...initial, ...draft.set };
    const shared = { entity, values, included: known, problem, onEdit: edit };
    return (
        <Dialog
            title={t("title", { label: lowered(entity.label.one) })}
            onClose={onClose}
            onSubmit={() => void save(false)}
            className="create-dialog"
            footer={<>
                <span className="grow"><Button look="plain" onClick={onClose}>{t("cancel")}</Button></span>
                {depth === 0 && <Button onClick={() => void save(true)} disabled={busy}>{t("saveAndGo")}</Button>}
                <Button look="primary" type="submit" busy={busy} shortcut="Ctrl ↵">{t("save")}</Button>
            </>}
        >
            <div
                ref={body}
                className="stack"
                onKeyDown={(event) => {
                    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
                    event.preventDefault();
                    void save(false);
                }}
            >
                {resumed && <p className="create-note">{t("draft")} <button type="button" className="link-button" onClick={() => { clear(); setDraft(blank()); setResumed(false); setRound((before) => before + 1); }}>{t("restart")}</button></p>}
                {problem && <FormFault problem={problem} entity={entity} />}
                <div className="create-fields" key={round}>
                    {main.map((field) => <CreateField key={field.key} field={field} {...shared} />)}
                </div>
                <Duplicates entity={entity} values={values} typed={said} {...(request.onCreated && depth ? { onUse: use } : {})} />
                {more.length > 0 && (
                    <details className="create-more" open={moreOpen} onToggle={(event) => setMoreOpen(event.currentTarget.open)}>
                        <summary>{t("more")}</summary>
                        {moreOpen && <div className="create-fields" key={round}>{more.map((field) => <CreateField key={field.key} field={field} {...shared} />)}</div>}
                    </details>
                )}
            </div>
        </Dialog>
    );
}

/** What the server objects to beyond single fields; field faults stand at their fields. */
function FormFault({ problem, entity }: { problem: Problem; entity: EntityMeta }) {
    if (problem.isOffline && problem.code === "offline") return <p className="create-fault" role="alert">{t("offline")}</p>;
    const elsewhere = problem.errors.filter((one) => !entity.fields.some((field) => field.key === one.field));
    if (problem.errors.length && !elsewhere.length) return <p className="create-fault" role="alert">{t("faults", { count: problem.errors.length })}</p>;
    if (!problem.errors.length && problem.status === 422) return null;
    return <p className="create-fault" role="alert">{elsewhere.map((one) => one.message).join(" ") || problem.message}</p>;
}

function defaults(entity: EntityMeta, memberId: string): Record<string, Value> {
    const values: Record<string, Value> = {};
    for (const field of entity.fields) {
        const given = field.default;
        if (!given) continue;
        if ("value" in given) values[field.key] = given.value as Value;
        else if (given.from === "caller") values[field.key] = memberId;
    }
    return values;
}

/** What was emptied again is not sent: the server's own default holds. */
const filled = (set: Record<string, Value>) => Object.fromEntries(Object.entries(set).filter(([, value]) => value !== null && value !== ""));
