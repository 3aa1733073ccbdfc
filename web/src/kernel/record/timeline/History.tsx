import { useCallback, useEffect, useState } from "react";
import { Avatar, Skeleton } from "../../../design/Badge";
import { Button } from "../../../design/Button";
import { api } from "../../api/client";
import { explain } from "../../api/problem";
import * as format from "../../format/format";
import type { EntityMeta } from "../../meta/types";
import type { Page } from "../../records/types";
import { changeAside, ChangeMoment } from "./ChangeMoment";
import { ChangeTable } from "./ChangeTable";
import { readableChanges } from "./changes";
import type { HistoryEntry } from "./moment";
import { timelineTexts as t } from "./texts";

/** Every change of a record as a diff: who, when, and each field before and after. */
export function History({ entity, id, version }: { entity: EntityMeta; id: string; version: number }) {
    const [entries, setEntries] = useState<HistoryEntry[] | null>(null);
    const [next, setNext] = useState<string | null>(null);
    const [problem, setProblem] = useState<unknown>(null);
    const read = useCallback(async (cursor: string | null, signal?: AbortSignal) => {
        try {
            const page = await api.get<Page<HistoryEntry>>(`/${entity.path}/${id}/history`, { limit: 30, cursor }, signal);
            setEntries((before) => (cursor ? [...(before ?? []), ...page.data] : page.data));
            setNext(page.page.next);
            setProblem(null);
        } catch (error) {
            if (!signal?.aborted) setProblem(error);
        }
    }, [entity, id]);
    useEffect(() => {
        const ending = new AbortController();
        void read(null, ending.signal);
        return () => ending.abort();
    }, [read, version]);
    if (problem && !entries) return <p className="muted">{explain(problem)} <button type="button" className="link-button" onClick={() => void read(null)}>{t("retry")}</button></p>;
    if (!entries) return <Skeleton width={320} height={60} />;
    if (!entries.length) return <p className="muted">{t("noHistory")}</p>;
    return (
        <>
            <ol className="history">
                {entries.map((entry) => <HistoryItem key={`${entry.at} ${entry.action} ${entry.changes.length}`} entity={entity} entry={entry} />)}
            </ol>
            {next && <Button look="plain" onClick={() => void read(next)}>{t("more")}</Button>}
        </>
    );
}

function HistoryItem({ entity, entry }: { entity: EntityMeta; entry: HistoryEntry }) {
    const changes = readableChanges(entity, entry.changes);
    const aside = changeAside(entry.by, entry.changes);
    return (
        <li className="history-entry">
            <Avatar name={entry.by.name ?? t("someone")} large />
            <div className="moment-body">
                <ChangeMoment entity={entity} action={entry.action} by={entry.by} changes={entry.changes} isBrief />
                <p className="moment-time"><time dateTime={entry.at} title={format.fullInstant(entry.at)}>{format.instant(entry.at)}</time>{aside.map((one) => ` · ${one}`)}</p>
                {changes.length > 0 && <ChangeTable entity={entity} changes={changes} />}
            </div>
        </li>
    );
}
