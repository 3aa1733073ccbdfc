import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import plus from "bootstrap-icons/plus-lg.svg";
import { setQuery, to, usePlace } from "../../app/router";
import { Header } from "../../app/shell/Header";
import { useShortcuts } from "../../app/shell/keys";
import { Button } from "../../design/Button";
import { openCreate } from "../create/openCreate";
import { isSetup } from "../../plugins/all";
import { whenIdle } from "../idle";
import { can, goesThroughStates, view } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { preloadRecord } from "../record/preload";
import { CollectionBar } from "./bar/CollectionBar";
import { t } from "./bar/barTexts";
import { ExportMenu } from "./ExportMenu";
import { initialValues } from "./initialValues";
import { keepForm, keptForm } from "./kept";
import { ListPage } from "./ListPage";
import { nothingSelected, selectedCount, type Selection } from "./selection";
import { SidePanel } from "./SidePanel";
import { useNarrow } from "./useMedia";
import { useListQuery } from "./useListQuery";
import { newLabel, shortNewLabel } from "./words";

const Board = lazy(() => import("../board/Board"));

/** The page of an entity: its records as a list or a board, filtered, ordered, opened, changed. */
export default function Collection({ entity }: { entity: EntityMeta }) {
    const [query, change] = useListQuery(entity);
    const { query: words } = usePlace();
    const openId = words.get("open");
    const narrow = useNarrow();
    const hasBoard = view(entity, "board") !== undefined;
    const kept = keptForm(entity.name);
    const form = !hasBoard ? "list" : query.view ?? (kept === "list" || kept === "board" ? kept : goesThroughStates(entity) ? "board" : "list");
    const [selection, setSelection] = useState<Selection>(nothingSelected);
    const step = useRef<(by: 1 | -1) => void>(() => undefined);
    useEffect(() => setSelection(nothingSelected), [form]);
    useEffect(() => whenIdle(() => preloadRecord(entity.name)), [entity]);
    const shown = useMemo(() => ({ ...query, view: form } as const), [query, form]);
    const create = useCallback(() => openCreate(entity.name, initialValues(query, entity)), [entity, query]);
    const chooseForm = (next: "list" | "board") => {
        keepForm(entity.name, next);
        change({ view: next, saved: null }, true);
    };
    const escape = () => {
        if (selectedCount(selection, Infinity) > 0) setSelection(nothingSelected);
        else if (openId) setQuery({ open: null });
        else return false;
        return true;
    };
    const canCreate = can(entity, "create");
    useShortcuts(canCreate ? [{ keys: "c", label: newLabel(entity), where: t("where"), run: create }] : []);
    const actions = (
        <>
            {can(entity, "export") && <ExportMenu entity={entity} query={shown} selection={selection} />}
            {canCreate && <Button look="primary" icon={plus} {...(narrow ? {} : { shortcut: "C" })} aria-label={newLabel(entity)} onClick={create}>{narrow ? shortNewLabel(entity) : newLabel(entity)}</Button>}
        </>
    );
    return (
        <>
            <Header title={entity.label.many} {...(isSetup(entity.name) ? { parent: { label: t("settings"), href: to("settings") } } : {})} actions={actions} />
            <CollectionBar entity={entity} form={form} onForm={chooseForm} query={shown} change={change} onEscape={escape} />
            <div className={openId ? "collection with-panel" : "collection"}>
                {form === "board" ? <Suspense fallback={null}><Board entity={entity} query={shown} step={step} /></Suspense>
                    : <ListPage entity={entity} query={shown} change={change} selection={selection} onSelect={setSelection} step={step} />}
                {openId && <SidePanel entity={entity} id={openId} onStep={(by) => step.current(by)} />}
            </div>
        </>
    );
}
