import { useRef, useState, type KeyboardEvent } from "react";
import { useShortcuts } from "../../../app/shell/keys";
import { Button } from "../../../design/Button";
import { DateTimeField } from "../../../design/DateTimeField";
import { isLocalMinutes } from "../../../design/dates";
import { showUnread } from "../../../design/unreadInput";
import { Field } from "../../../design/Field";
import { Icon } from "../../../design/Icon";
import { api } from "../../../kernel/api/client";
import { explain, Problem } from "../../../kernel/api/problem";
import { createRecord } from "../../../kernel/create/createRecord";
import { newId } from "../../../kernel/create/newId";
import { useDraft } from "../../../kernel/draft";
import * as format from "../../../kernel/format/format";
import { can, field, useMeta } from "../../../kernel/meta/meta";
import type { EntityMeta } from "../../../kernel/meta/types";
import { records } from "../../../kernel/records/cache";
import { canWait, dropEdit, hasKeptEdit, keepCreation } from "../../../kernel/records/outbox";
import type { Row } from "../../../kernel/records/types";
import { offerUndo } from "../../../kernel/records/undo";
import { activityValues, hasDuration, hasSubject, isWritten, referenceTo, type Entry } from "./activityFields";
import { kindOrder, kindWords } from "./kinds";
import { activityTexts as t } from "./texts";

const blank: Entry = { id: "", kind: "note", text: "", subject: "", outcome: "", minutes: "", when: "" };

/** One place to write down what happened with a record, or what is to be done; what was typed is kept until it is saved. */
export default function Composer({ entity, row }: { entity: EntityMeta; row: Row }) {
    const meta = useMeta();
    const activity = meta.entity("sales.activity");
    const reference = activity ? referenceTo(activity, entity) : undefined;
    if (!activity || !reference || !can(activity, "create")) return null;
    return <Writing activity={activity} reference={reference.key} row={row} />;
}

function Writing({ activity, reference, row }: { activity: EntityMeta; reference: string; row: Row }) {
    const [entry, setEntry, clear] = useDraft<Entry>(`composer:${row.id}`, blank);
    const [open, setOpen] = useState(false);
    const [busy, setBusy] = useState(false);
    const [fault, setFault] = useState<string>();
    const text = useRef<HTMLTextAreaElement>(null);
    const section = useRef<HTMLElement>(null);
    const choices = field(activity, "kind")?.choices ?? [];
    const kinds = kindOrder.flatMap((value) => choices.find((one) => one.value === value) ?? []);
    const label = choices.find((one) => one.value === entry.kind)?.label ?? "";
    useShortcuts([{ keys: "n", label: t("writeNoteKey"), where: t("record"), run: () => text.current?.focus() }]);
    const set = (part: Partial<Entry>) => setEntry((before) => ({ ...before, id: before.id || newId(), ...part }));
    const isOpen = open || isWritten(entry);
    const save = async () => {
        if (busy || !isWritten(entry)) return text.current?.focus();
        if (entry.kind !== "note" && entry.when && !isLocalMinutes(entry.when)) return showUnread(section.current);
        setBusy(true);
        setFault(undefined);
        const id = entry.id || newId();
        const values = activityValues(entry, row, reference, format.fromLocalMinutes, new Date());
        try {
            await createRecord(activity, id, values);
            leave("saved", id);
        } catch (error) {
            if (error instanceof Problem && canWait(error)) {
                // It happened now, wherever the connection is: it is sent as soon as it can be.
                keepCreation(activity, id, values, String(values["subject"]));
                leave("kept", id);
            } else setFault(explain(error));
        } finally {
            setBusy(false);
        }
    };
    /** Makes room for the next one. What was chosen or typed while this one was on its way stays. */
    const leave = (word: "saved" | "kept", id: string) => {
        setEntry((before) => (before.text === entry.text && before.subject === entry.subject ? { ...blank, kind: before.kind } : { ...before, id: newId() }));
        text.current?.focus();
        offerUndo(t(word, { kind: label }), async () => {
            if (hasKeptEdit(id)) return dropEdit(id);
            await api.delete(`/${activity.path}/${id}`);
            records.remove(id);
        });
    };
    const key = (event: KeyboardEvent) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void save();
        } else if (event.key === "Escape") {
            event.stopPropagation();
            (event.target as HTMLElement).blur();
            setOpen(false);
        }
    };
    return (
        <section ref={section} className="composer" aria-label={t("kinds")} onKeyDown={key}>
            <div className="composer-kinds" role="radiogroup" aria-label={t("kinds")}>
                {kinds.map((kind) => (
                    <label key={kind.value} className={kind.value === entry.kind ? "composer-kind chosen" : "composer-kind"}>
                        <input type="radio" className="visually-hidden" name={`composer-${row.id}`} checked={kind.value === entry.kind} onChange={() => { set({ kind: kind.value }); setOpen(true); }} />
                        <Icon svg={kindWords(kind.value).icon} />{kind.label}
                    </label>
                ))}
            </div>
            {isOpen && hasSubject(entry.kind) && <input className="composer-subject" aria-label={t("subject")} placeholder={t("subject")} maxLength={200} value={entry.subject} onChange={(event) => set({ subject: event.target.value })} />}
            <textarea
                ref={text}
                className="composer-text"
                aria-label={t(kindWords(entry.kind).placeholder)}
                placeholder={t(kindWords(entry.kind).placeholder)}
                rows={isOpen ? 3 : 2}
                maxLength={20_000}
                value={entry.text}
                onFocus={() => setOpen(true)}
                onChange={(event) => set({ text: event.target.value })}
            />
            {isOpen && (
                <div className="composer-foot">
                    {entry.kind !== "note" && <Field label={t(entry.kind === "task" ? "due" : "when")}><DateTimeField bar value={entry.when} onChange={(when) => set({ when })} /></Field>}
                    {hasDuration(entry.kind) && <Field label={t("minutes")}><input className="input bar composer-minutes" inputMode="numeric" value={entry.minutes} onChange={(event) => set({ minutes: event.target.value.replace(/[^\d.,]/g, "") })} /></Field>}
                    {entry.kind !== "note" && entry.kind !== "task" && <Field label={t("outcome")}><input className="input bar" maxLength={500} value={entry.outcome} onChange={(event) => set({ outcome: event.target.value })} /></Field>}
                    <div className="composer-send">
                        {isWritten(entry) && <Button bar look="plain" onClick={() => { clear(); setFault(undefined); }}>{t("discard")}</Button>}
                        <Button bar look="tinted" busy={busy} disabled={!isWritten(entry)} shortcut="Ctrl ↵" onClick={() => void save()}>{t(kindWords(entry.kind).save)}</Button>
                    </div>
                </div>
            )}
            {fault && <p className="composer-fault" role="alert">{fault}</p>}
        </section>
    );
}
