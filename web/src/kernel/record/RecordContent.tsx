import { useState } from "react";
import { Button } from "../../design/Button";
import { recordFigures, recordParts } from "../../plugins/all";
import { api } from "../api/client";
import { labelOf } from "../meta/label";
import { can } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { toastProblem } from "../records/change";
import type { Row } from "../records/types";
import { Details, Origin } from "./Details";
import { keyFigures } from "./keyFigures";
import { useLive } from "./live";
import { useNamed } from "./named";
import { ErrorBoundary } from "../../app/shell/ErrorBoundary";
import { RecordPartView } from "./RecordPart";
import { RelatedLists } from "./RelatedLists";
import { StatePath } from "./StatePath";
import { History } from "./timeline/History";
import { Timeline } from "./timeline/Timeline";
import { recordTexts as t } from "./texts";
import { Viewers } from "./Viewers";

interface Props {
    entity: EntityMeta;
    row: Row;
    tab: "activity" | "history";
    onTab: (tab: "activity" | "history") => void;
    isDeleted: boolean;
    onRestored: (row: Row) => void;
    onLeave: () => void;
}

/** The record itself: what happened in the middle, its fields at the side. */
export function RecordContent({ entity, row, tab, onTab, isDeleted, onRestored, onLeave }: Props) {
    const fresh = useLive(entity, row.id);
    const parts = recordParts(entity.name);
    const head = parts.filter((part) => part.place === "head");
    const side = parts.filter((part) => part.place === "side");
    const figures = (recordFigures(entity.name) ?? keyFigures)(row, entity);
    const shown = isDeleted ? { ...entity, operations: entity.operations.filter((one) => one !== "update" && one !== "transition") } : entity;
    return (
        <div className="record">
            <div className="record-main">
                {isDeleted && <DeletedBar entity={entity} row={row} onRestored={onRestored} onLeave={onLeave} />}
                <h2 className="record-title">{labelOf(row, entity)}</h2>
                {figures.length > 0 && (
                    <dl className="record-figures">
                        {figures.map((one) => <div key={one.key} data-figure={one.key}><dt>{one.label}</dt><dd className={one.tone ? `${one.tone}-text` : ""}>{one.text}</dd></div>)}
                    </dl>
                )}
                {!isDeleted && <StatePath entity={entity} row={row} />}
                {!isDeleted && head.map((part, index) => <ErrorBoundary key={index} quiet><RecordPartView part={part} entity={entity} row={row} /></ErrorBoundary>)}
                <Tabs entity={entity} tab={tab} onTab={onTab} />
                <div role="tabpanel" id="record-panel" aria-labelledby={`record-tab-${tab}`}>
                    {tab === "activity" ? <Timeline entity={entity} id={row.id} /> : <History entity={entity} id={row.id} version={row.version} />}
                </div>
            </div>
            <aside className="record-side" aria-label={t("details")}>
                <h2>{t("details")}</h2>
                <FreshWords entity={entity} keys={fresh.keys} by={fresh.by} />
                <Details entity={shown} row={row} fresh={fresh.keys} />
                {!isDeleted && side.map((part, index) => <ErrorBoundary key={index} quiet><RecordPartView part={part} entity={entity} row={row} /></ErrorBoundary>)}
                <RelatedLists entity={entity} row={row} covered={parts.flatMap((part) => part.covers ?? [])} />
                {!isDeleted && <Viewers type={entity.name} id={row.id} />}
                <Origin row={row} />
            </aside>
        </div>
    );
}

function Tabs({ entity, tab, onTab }: { entity: EntityMeta; tab: "activity" | "history"; onTab: (tab: "activity" | "history") => void }) {
    if (!can(entity, "history")) return null;
    const other = tab === "activity" ? "history" : "activity";
    return (
        <div className="record-tabs" role="tablist" aria-label={t("tabs")}>
            {(["activity", "history"] as const).map((one) => (
                <button
                    key={one}
                    type="button"
                    role="tab"
                    id={`record-tab-${one}`}
                    aria-controls="record-panel"
                    aria-selected={tab === one}
                    tabIndex={tab === one ? 0 : -1}
                    onClick={() => onTab(one)}
                    onKeyDown={(event) => {
                        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
                        onTab(other);
                        document.getElementById(`record-tab-${other}`)?.focus();
                    }}
                >
                    {t(one)}
                </button>
            ))}
        </div>
    );
}

function DeletedBar({ entity, row, onRestored, onLeave }: { entity: EntityMeta; row: Row; onRestored: (row: Row) => void; onLeave: () => void }) {
    const [busy, setBusy] = useState(false);
    const restore = () => {
        setBusy(true);
        api.post<Row>(`/${entity.path}/${row.id}/restore`).then(onRestored).catch(toastProblem).finally(() => setBusy(false));
    };
    return (
        <div className="deleted-bar" role="status">
            <div className="grow"><strong>{t("deletedTitle")}</strong><p>{t("deletedText")}</p></div>
            {can(entity, "restore") && <Button busy={busy} onClick={restore}>{t("restore")}</Button>}
            <Button look="plain" onClick={onLeave}>{t("toList")}</Button>
        </div>
    );
}

/** Tells, also those who can't see it, what someone else has just changed. */
function FreshWords({ entity, keys, by }: { entity: EntityMeta; keys: ReadonlySet<string>; by: string | null }) {
    const person = useNamed("kernel.member", by);
    const labels = entity.fields.filter((one) => keys.has(one.key) && one.kind !== "currency").map((one) => one.label).join(", ");
    const name = typeof person?.["name"] === "string" ? person["name"] : "";
    const words = labels && (name ? t("changedBy", { name, labels }) : t("changed", { labels }));
    return <p role="status" className={words ? "fresh-words small" : "visually-hidden"} title={words}>{words}</p>;
}
