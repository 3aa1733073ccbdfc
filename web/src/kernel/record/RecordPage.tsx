import { useEffect, useState } from "react";
import { go, to } from "../../app/router";
import { useShortcuts } from "../../app/shell/keys";
import type { EntityMeta } from "../meta/types";
import { records } from "../records/cache";
import type { Row } from "../records/types";
import { useRecord } from "../records/useRecord";
import { RecordContent } from "./RecordContent";
import { RecordHeader } from "./RecordHeader";
import { RecordMissing, RecordWaiting } from "./RecordStates";
import { labelOf } from "../meta/label";
import { readWalk, step } from "./walk";
import { recordTexts as t } from "./texts";

interface Props {
    entity: EntityMeta;
    id: string;
    /** Shown at the side of a list, which says how to go on from here. */
    aside?: { onClose: () => void; onNext?: () => void; onPrevious?: () => void };
}

/** A record: what it is called, what it is worth, where it stands, what happened, and every field at the side. */
export default function RecordPage({ entity, id, aside }: Props) {
    const { row, problem, reload } = useRecord(entity, id);
    const [tab, setTab] = useState<"activity" | "history">("activity");
    const [last, setLast] = useState<Row | null>(row ?? null);
    useEffect(() => {
        if (row) setLast(row);
    }, [row]);
    const walk = aside ? null : readWalk(entity.name);
    const list = walk?.ids.includes(id) ? walk.address : to(entity.path);
    const walkTo = (by: 1 | -1) => {
        const next = step(walk, id, by);
        if (next) go(to(`${entity.path}/${next}`));
    };
    const onNext = aside ? aside.onNext : step(walk, id, 1) ? () => walkTo(1) : undefined;
    const onPrevious = aside ? aside.onPrevious : step(walk, id, -1) ? () => walkTo(-1) : undefined;
    useShortcuts([
        ...(onNext ? [{ keys: "j", label: t("next"), where: t("walk"), run: onNext }] : []),
        ...(onPrevious ? [{ keys: "k", label: t("previous"), where: t("walk"), run: onPrevious }] : []),
        ...(aside ? [{ keys: "Escape", label: t("close"), where: t("walk"), run: aside.onClose }] : []),
    ]);
    const leave = aside ? aside.onClose : () => go(list);
    const shown = row ?? (last?.id === id ? last : null);
    const isDeleted = (!row && last?.id === id) || typeof shown?.["deleted_at"] === "string";
    return (
        <div className={aside ? "record-frame aside" : "record-frame"} data-record-id={id}>
            <RecordHeader entity={entity} row={shown} title={shown ? labelOf(shown, entity) : problem?.status === 404 ? t("missingTitle") : entity.label.one} list={list} {...(aside ? { aside } : {})} isDeleted={isDeleted} onNext={onNext} onPrevious={onPrevious} onHistory={() => setTab("history")} onDeleted={leave} />
            {shown && (isDeleted || !problem || row)
                ? <RecordContent entity={entity} row={shown} tab={tab} onTab={setTab} isDeleted={isDeleted} onRestored={(back) => { records.put(back); reload(); }} onLeave={leave} />
                : problem ? <RecordMissing problem={problem} entity={entity} id={id} onRetry={reload} onLeave={leave} onFound={(found) => { setLast(found); }} /> : <RecordWaiting />}
        </div>
    );
}
