import { useState } from "react";
import * as format from "../../format/format";
import type { EntityMeta } from "../../meta/types";
import { ChangedValue } from "./ChangedValue";
import { ChangeTable } from "./ChangeTable";
import { readableChanges, secondsInState, type ReadableChange } from "./changes";
import type { Actor, HistoryChange } from "./moment";
import { timelineTexts as t } from "./texts";

interface Props {
    entity: EntityMeta;
    action: string;
    by: Actor | null;
    changes: HistoryChange[];
    /** The fields stand below already: the sentence only says what was done. */
    isBrief?: boolean;
}

/** A change of the record itself as a sentence: one field in words, more of them folded away. */
export function ChangeMoment({ entity, action, by, changes, isBrief }: Props) {
    const [open, setOpen] = useState(false);
    const readable = readableChanges(entity, changes);
    const state = readable.find((one) => isStateChange(entity, one) && !one.isEmptyBefore);
    const reason = state && !isBrief ? readable.find((one) => one.key.endsWith("_reason") && !one.isEmptyAfter) : undefined;
    const rest = readable.filter((one) => one !== state && one !== reason);
    const only = !isBrief && action === "updated" && readable.length === 1 ? readable[0] : undefined;
    const folded = isBrief || only ? [] : rest;
    return (
        <>
            <p className="moment-sentence">
                <strong>{by?.name ?? t("someone")}</strong>{" "}
                {state && !isBrief && action === "updated" ? <StateWords entity={entity} change={state} /> : only ? <FieldWords entity={entity} change={only} /> : words(action, readable.length)}
                {folded.length > 0 && <>{" "}<span className="moment-more">{"· "}<button type="button" className="link-button" aria-expanded={open} onClick={() => setOpen(!open)}>{t(open ? "hide" : "show")}</button></span></>}
            </p>
            {reason && <div className="moment-quote">{String(reason.to[reason.key])}</div>}
            {open && <ChangeTable entity={entity} changes={folded} />}
        </>
    );
}

/** What stands after the time: how long the state before lasted, and by what means it was changed. */
export function changeAside(by: Actor | null, changes: HistoryChange[]): string[] {
    const seconds = changes.some((one) => one.field === "stage_id" && one.from !== null) ? secondsInState(changes) : null;
    return [
        ...(seconds !== null && seconds >= 60 ? [t("after", { span: format.span(seconds) })] : []),
        ...(by?.kind === "job" ? [t("inBulk")] : by?.kind === "api_key" ? [t("byKey")] : []),
    ];
}

/** Whether the change moves the record on its way. */
export const isStateChange = (entity: EntityMeta, change: { key: string }) => change.key === "stage_id" || change.key === "state_id" || change.key === entity.states?.field;

function words(action: string, count: number): string {
    switch (action) {
        case "created": return t("created");
        case "deleted": return t("deleted");
        case "restored": return t("restored");
        case "erased": return t("erased");
        case "merged": return t("merged");
        default: return count ? t("changedMany", { count }) : t("touched");
    }
}

function StateWords({ entity, change }: { entity: EntityMeta; change: ReadableChange }) {
    return <>{t(change.key === "stage_id" ? "movedStage" : "movedState")} <ChangedValue entity={entity} change={change} side="from" /> {t("movedTo")} <ChangedValue entity={entity} change={change} side="to" /></>;
}

function FieldWords({ entity, change }: { entity: EntityMeta; change: ReadableChange }) {
    if (change.isEmptyBefore) return <>{t("setTo", { label: change.label })} <ChangedValue entity={entity} change={change} side="to" /></>;
    if (change.isEmptyAfter) return <>{t("emptied", { label: change.label })} <ChangedValue entity={entity} change={change} side="from" /></>;
    return <>{t("changed", { label: change.label })} <ChangedValue entity={entity} change={change} side="from" /> {t("movedTo")} <ChangedValue entity={entity} change={change} side="to" /></>;
}
