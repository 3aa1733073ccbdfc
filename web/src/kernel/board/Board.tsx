import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore, type MutableRefObject } from "react";
import { setQuery, usePlace } from "../../app/router";
import { useShortcuts } from "../../app/shell/keys";
import { recordActions } from "../../plugins/all";
import { Button } from "../../design/Button";
import { Empty } from "../../design/Badge";
import { explain } from "../api/problem";
import { EmptyCollection } from "../collection/EmptyCollection";
import { toParams, type ListQuery } from "../collection/query";
import { openCreate } from "../create/openCreate";
import { labelOf } from "../meta/label";
import { can, field, includes } from "../meta/meta";
import type { EntityMeta, FieldMeta } from "../meta/types";
import { ReasonDialog } from "../record/ReasonDialog";
import { ActionDialog } from "../record/RecordActions";
import { records } from "../records/cache";
import type { Row, Value } from "../records/types";
import { columnKey, type Column } from "./columns";
import { useCardDrag } from "./drag";
import { DragGhost } from "./DragGhost";
import { BoardSkeleton } from "./BoardSkeleton";
import { boardKeys, boardShortcuts } from "./keys";
import { Lane, type Reveal } from "./Lane";
import { laneOf } from "./lanes";
import { obstacle } from "./move";
import { MoveMenu } from "./MoveMenu";
import { boardChoice } from "./settings";
import { BoardStore } from "./store";
import { shifted } from "./totals";
import { t } from "./texts";
import { useColumns, type BoardColumns } from "./useColumns";
import { useMoves } from "./useMoves";

interface Props {
    entity: EntityMeta;
    query: ListQuery;
    /** Set to what walks from the record at the side to the next card of its column. */
    step?: MutableRefObject<(by: 1 | -1) => void>;
}

/** An entity's records as cards in columns: by stage, state, or any choice or reference. */
export default function Board({ entity, query, step }: Props) {
    const place = usePlace();
    const { grouping, fields } = boardChoice(entity, place.query);
    const filters = useMemo(() => toParams({ ...query, sort: [] }).toString(), [query]);
    const { value, problem, retry } = useColumns(entity, grouping, filters);
    if (problem && !value) return <div className="board-trouble"><Empty title={explain(problem)} action={<Button onClick={retry}>{t("retry")}</Button>} /></div>;
    if (!grouping || (value && !value.columns.length)) return <div className="board-trouble"><Empty title={t("noColumns")}>{t("noColumnsWhy", { field: grouping?.label ?? entity.label.one })}</Empty></div>;
    if (!value) return <BoardSkeleton lanes={grouping.choices?.length} hasMoney={fields.some((key) => field(entity, key)?.kind === "money")} />;
    return <Lanes entity={entity} grouping={grouping} fields={fields} query={query} board={value} {...(step ? { step } : {})} />;
}

function Lanes({ entity, grouping, fields, query, board, step }: Props & { grouping: FieldMeta; fields: string[]; board: BoardColumns }) {
    const { columns, parent } = board;
    const root = useRef<HTMLDivElement>(null);
    const ghost = useRef<HTMLDivElement>(null);
    const [active, setActive] = useState<string | null>(null);
    const [reveal, setReveal] = useState<Reveal | null>(null);
    const [menu, setMenu] = useState<{ id: string; anchor: HTMLElement } | null>(null);

    const moneyKey = fields.find((key) => field(entity, key)?.kind === "money") ?? null;
    const params = useMemo(() => {
        const words = toParams(query);
        if (parent?.chosen) words.set(parent.field.key, parent.chosen.id);
        return words.toString();
    }, [query, parent]);
    const include = includes(entity, [...fields, grouping.key]);
    const store = useMemo(
        () => new BoardStore({ entity, groupBy: grouping.key, columns, params: new URLSearchParams(params), include, moneyKey }),
        [entity, grouping.key, columns, params, include, moneyKey],
    );
    useEffect(() => store.start(), [store]);
    const { lanes, totals } = useSyncExternalStore(store.subscribe, store.get);
    // The column of records without a value is there only while there are any.
    const shown = useMemo(
        () => columns.filter((one) => one.value !== null || !!totals?.[one.key]?.count || !!lanes[one.key]?.ids.length),
        [columns, totals, lanes],
    );
    const canMove = grouping.writable && can(entity, entity.states?.field === grouping.key ? "transition" : "update");

    const show = useCallback((id: string) => setReveal((former) => ({ id, round: (former?.round ?? 0) + 1 })), []);
    const { move, asked, running, closeAction, said, setSaid, sayStays } = useMoves({ entity, grouping, columns, store, show });

    const { dragging, onPointerDown } = useCardDrag({
        root,
        ghost,
        isOffered: canMove,
        onStart: (id) => {
            store.hold(true);
            setActive(id);
            setSaid(t("grabbed", { name: labelOf(records.get(id), entity) }));
        },
        onDrop: (id, key) => {
            store.hold(false);
            const column = columns.find((one) => one.key === key);
            if (column) void move(id, column);
        },
        onCancel: (id) => {
            store.hold(false);
            sayStays(id);
        },
    });

    const add = useCallback((column: Column) => {
        const initial: Record<string, Value> = { ...(parent?.chosen ? { [parent.field.key]: parent.chosen.id } : {}), [grouping.key]: column.value };
        openCreate(entity.name, initial, (row) => {
            records.put(row);
            show(row.id);
        });
    }, [entity, grouping.key, parent, show]);
    const more = useCallback((key: string) => void store.more(key), [store]);
    const openId = usePlace().query.get("open");
    useEffect(() => {
        if (!step) return;
        step.current = (by) => {
            const key = openId === null ? undefined : laneOf(lanes, openId);
            const ids = key === undefined ? [] : lanes[key]?.ids ?? [];
            const next = openId === null ? undefined : ids[ids.indexOf(openId) + by];
            if (next) setQuery({ open: next });
        };
        return () => {
            step.current = () => undefined;
        };
    }, [step, openId, lanes]);
    const canAdd = (column: Column) => can(entity, "create") && !(entity.states?.field === grouping.key && recordActions(entity.name).some((one) => one.key === column.value));
    const openMenu = useCallback((id: string, anchor: HTMLElement) => setMenu({ id, anchor }), []);
    const onKeyDown = boardKeys({ root, columns: shown, lanes, canMove, onFocus: show, onMove: (id, column) => void move(id, column), onMenu: openMenu, onAdd: (column) => canAdd(column) && add(column) });
    useShortcuts(boardShortcuts(canMove, can(entity, "create")), true);
    const draggedRow: Row | undefined = dragging ? records.get(dragging.id) : undefined;
    const from = draggedRow && columnKey(draggedRow, grouping.key);
    const isBare = totals !== null && !filtersCount(query) && (parent?.rows.length ?? 1) < 2 && columns.every((one) => !totals[one.key]?.count && !lanes[one.key]?.ids.length);
    if (isBare) return <EmptyCollection entity={entity} />;

    return (
        <>
            <div
                className={dragging ? "board dragging" : "board"}
                ref={root}
                role="group"
                aria-label={t("board", { name: entity.label.many })}
                onPointerDown={onPointerDown}
                onKeyDown={onKeyDown}
                onFocus={(event) => {
                    const id = (event.target as HTMLElement).dataset["recordId"];
                    if (id) setActive(id);
                }}
            >
                {shown.map((column) => {
                    const lane = lanes[column.key];
                    if (!lane) return null;
                    const isOver = !!draggedRow && dragging?.over === column.key && from !== column.key;
                    const amount = moneyKey && draggedRow ? (draggedRow[moneyKey] as number | null) : null;
                    const currency = moneyKey && draggedRow ? (draggedRow[`${moneyKey}_currency`] as string | null) : null;
                    const isBarred = !!draggedRow && from !== column.key && obstacle(entity, grouping, draggedRow, column) !== null;
                    const total = totals?.[column.key];
                    return (
                        <Lane
                            key={column.key}
                            entity={entity}
                            fields={fields}
                            column={column}
                            lane={lane}
                            total={isOver && !isBarred ? shifted(total, 1, amount, currency) : total}
                            isCounted={totals !== null}
                            tabStop={active && lane.ids.includes(active) ? active : lane.ids[0] ?? null}
                            reveal={reveal}
                            dragged={dragging?.id ?? null}
                            landing={isOver && draggedRow ? store.landing(draggedRow, column.key) : undefined}
                            isBarred={isBarred}
                            canMove={canMove}
                            isNarrowed={filtersCount(query) > 0}
                            opened={openId !== null && lane.ids.includes(openId) ? openId : null}
                            onMore={more}
                            onAdd={canAdd(column) ? add : null}
                            onMenu={openMenu}
                        />
                    );
                })}
            </div>
            <p className="visually-hidden" id="board-ways">{t("ways")}</p>
            <p className="visually-hidden" aria-live="assertive" data-announcer="board">{said}</p>
            {dragging && draggedRow && <DragGhost ghost={ghost} entity={entity} grouping={grouping} fields={fields} row={draggedRow} width={dragging.width} column={columns.find((one) => one.key === dragging.over) ?? null} />}
            {menu && <MoveMenu entity={entity} grouping={grouping} id={menu.id} anchor={menu.anchor} columns={shown} onMove={(column) => void move(menu.id, column)} onClose={() => setMenu(null)} />}
            {running && <ActionDialog entity={entity} running={running} onClose={closeAction} />}
            {asked && <ReasonDialog title={asked.title} label={asked.label} onSubmit={asked.submit} onClose={asked.cancel} />}
        </>
    );
}

const filtersCount = (query: ListQuery): number => query.filters.filter((one) => one.field !== "pipeline_id").length + (query.advanced ? 1 : 0) + (query.q ? 1 : 0);
