import { useCallback, useEffect, useState } from "react";
import plus from "bootstrap-icons/plus-lg.svg";
import { Link, to } from "../../../app/router";
import { IconButton } from "../../../design/Button";
import { Skeleton } from "../../../design/Badge";
import { api } from "../../../kernel/api/client";
import { onCreated } from "../../../kernel/create/createRecord";
import { openCreate } from "../../../kernel/create/openCreate";
import * as format from "../../../kernel/format/format";
import { can, field, useMeta } from "../../../kernel/meta/meta";
import type { EntityMeta } from "../../../kernel/meta/types";
import { records } from "../../../kernel/records/cache";
import { changeRecord, toastProblem } from "../../../kernel/records/change";
import type { Page, Row } from "../../../kernel/records/types";
import { useCached } from "../../../kernel/records/useRecord";
import { onChange } from "../../../kernel/stream/stream";
import { referenceTo } from "./activityFields";
import { dueWords, isOverdue } from "./due";
import { activityTexts as t } from "./texts";

/** What is still to be done about a record, checked off where it stands. */
export default function OpenTasks({ entity, row }: { entity: EntityMeta; row: Row }) {
    const meta = useMeta();
    const activity = meta.entity("sales.activity");
    const reference = activity ? referenceTo(activity, entity) : undefined;
    if (!activity || !reference || !can(activity, "list")) return null;
    return <Tasks activity={activity} reference={reference.key} id={row.id} />;
}

function Tasks({ activity, reference, id }: { activity: EntityMeta; reference: string; id: string }) {
    const [ids, setIds] = useState<string[] | null>(null);
    const [total, setTotal] = useState(0);
    const [round, setRound] = useState(0);
    const again = useCallback(() => setRound((one) => one + 1), []);
    useEffect(() => {
        const ending = new AbortController();
        api.get<Page>("/activities", { [reference]: id, "completed_at[null]": true, "kind[ne]": "note", sort: "due_at", limit: 20, count: "exact" }, ending.signal)
            .then((page) => {
                page.data.forEach((one) => records.put(one));
                const found = page.data.map((one) => one.id);
                // What was checked off here stays where it stands.
                setIds((before) => [...(before ?? []).filter((one) => !found.includes(one) && records.get(one)), ...found]);
                setTotal(page.page.total ?? found.length);
            })
            .catch(() => !ending.signal.aborted && setIds((before) => before ?? []));
        return () => ending.abort();
    }, [reference, id, round]);
    useEffect(() => {
        const ends = [
            onCreated((made) => made.type === activity.name && again()),
            onChange((change) => (change.type === activity.name || change.event === "reset") && again()),
        ];
        return () => ends.forEach((end) => end());
    }, [activity, again]);
    return (
        <section className="side-section" aria-label={t("open")}>
            <div className="side-head">
                <h3>{t("open")}<span className="side-count">{ids ? format.number(total) : ""}</span></h3>
                {can(activity, "create") && <IconButton look="plain" bar icon={plus} label={t("newTask")} onClick={() => openCreate(activity.name, { kind: "task", [reference]: id })} />}
            </div>
            {!ids && <Skeleton width={180} />}
            {ids?.length === 0 && <p className="small muted">{t("none")}</p>}
            {!!ids?.length && <ul className="tasks">{ids.map((one) => <Task key={one} activity={activity} id={one} />)}</ul>}
            <Link className="small" href={to(activity.path, { [reference]: id })}>{t("all")}</Link>
        </section>
    );
}

function Task({ activity, id }: { activity: EntityMeta; id: string }) {
    const row = useCached(id);
    if (!row) return null;
    const name = String(row["subject"] ?? "");
    const due = typeof row["due_at"] === "string" ? row["due_at"] : null;
    const isDone = typeof row["completed_at"] === "string";
    const mayWrite = activity.operations.includes("update") && field(activity, "completed_at")?.writable !== false;
    const toggle = () => {
        changeRecord(activity, row, { completed_at: isDone ? null : new Date().toISOString() }, isDone ? { message: false } : { message: t("done", { name }) }).catch(toastProblem);
    };
    return (
        <li className={isDone ? "task done" : "task"} data-record-id={id}>
            <input type="checkbox" className="checkbox" aria-label={t(isDone ? "uncheck" : "check", { name })} checked={isDone} disabled={!mayWrite} onChange={toggle} />
            <div className="grow">
                <Link className="task-name" href={to(`${activity.path}/${id}`)}>{name}</Link>
                <p className={due && !isDone && isOverdue(due) ? "small danger-text" : "small muted"}>
                    {due ? <time dateTime={due} title={format.fullInstant(due)}>{dueWords(due)}</time> : t("noDue")}
                </p>
            </div>
        </li>
    );
}
