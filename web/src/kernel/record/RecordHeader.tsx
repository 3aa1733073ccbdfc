import { useState } from "react";
import down from "bootstrap-icons/chevron-down.svg";
import up from "bootstrap-icons/chevron-up.svg";
import full from "bootstrap-icons/arrows-angle-expand.svg";
import x from "bootstrap-icons/x-lg.svg";
import { Header } from "../../app/shell/Header";
import { go, to } from "../../app/router";
import { Button, IconButton } from "../../design/Button";
import { recordActions } from "../../plugins/all";
import type { RecordAction } from "../../plugins/plugin";
import { useMeta } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { toastProblem } from "../records/change";
import type { Row } from "../records/types";
import { ActionDialog, type RunningAction } from "./RecordActions";
import { RecordMenu } from "./RecordMenu";
import { recordTexts as t } from "./texts";
import { useNarrow } from "./useNarrow";

interface Props {
    entity: EntityMeta;
    row: Row | null;
    title: string;
    /** The list that one came from. */
    list: string;
    aside?: { onClose: () => void };
    isDeleted: boolean;
    onNext: (() => void) | undefined;
    onPrevious: (() => void) | undefined;
    onHistory: () => void;
    onDeleted: () => void;
}

/** Where one is, the one thing to do next, and everything else in a menu. */
export function RecordHeader({ entity, row, title, list, aside, isDeleted, onNext, onPrevious, onHistory, onDeleted }: Props) {
    const meta = useMeta();
    const isNarrow = useNarrow();
    const [running, setRunning] = useState<RunningAction | null>(null);
    const offered = row && !isDeleted ? recordActions(entity.name).filter((one) => one.isOffered(row, entity, meta)) : [];
    const primary = offered.find((one) => one.primary);
    const others = offered.filter((one) => one !== primary);
    const isTight = isNarrow || !!aside;
    const run = (action: RecordAction) => {
        if (!row) return;
        if (action.run) action.run(row, entity, meta).catch(toastProblem);
        else setRunning({ action, row });
    };
    const entries = isTight ? others.map((one) => ({ key: one.key, label: one.label(), icon: one.icon, danger: !!one.danger, onSelect: () => run(one) })) : [];
    const actions = (
        <>
            {(onNext || onPrevious) && !isNarrow && (
                <>
                    <IconButton look="plain" bar={!!aside} icon={up} label={t("previous")} shortcut="K" disabled={!onPrevious} onClick={onPrevious} />
                    <IconButton look="plain" bar={!!aside} icon={down} label={t("next")} shortcut="J" disabled={!onNext} onClick={onNext} />
                </>
            )}
            {row && !isDeleted && <RecordMenu entity={entity} row={row} actions={entries} onHistory={onHistory} onDeleted={onDeleted} />}
            {!isTight && others.map((one) => <Button key={one.key} icon={one.icon} onClick={() => run(one)}>{one.label()}</Button>)}
            {primary && <Button look="primary" icon={primary.icon} onClick={() => run(primary)}>{primary.label()}</Button>}
        </>
    );
    return (
        <>
            {aside ? (
                <div className="record-aside-head">
                    <IconButton look="plain" bar icon={x} label={t("close")} shortcut="Esc" onClick={aside.onClose} />
                    <IconButton look="plain" bar icon={full} label={t("openPage")} onClick={() => row && go(to(`${entity.path}/${row.id}`))} />
                    <span className="grow" />
                    {actions}
                </div>
            ) : <Header title={title} parent={{ label: entity.label.many, href: list }} actions={actions} />}
            {running && <ActionDialog entity={entity} running={running} onClose={() => setRunning(null)} />}
        </>
    );
}
