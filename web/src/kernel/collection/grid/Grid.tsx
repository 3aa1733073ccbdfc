import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type PointerEvent } from "react";
import { useShortcuts } from "../../../app/shell/keys";
import { can } from "../../meta/meta";
import type { EntityMeta } from "../../meta/types";
import { records } from "../../records/cache";
import { clampWidth, tracks, type ShownColumn } from "../columns";
import type { SortKey } from "../query";
import type { RowSource } from "../rows/RowSource";
import { scrollTo } from "../rows/windowing";
import { isSelected, select, selectedCount, toggle, type Selection } from "../selection";
import { useCoarse } from "../useMedia";
import type { Editing, Leave } from "./CellEditor";
import { gridShortcuts, nextCell, nextWritable, type Cell } from "./gridKeys";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import { MissingDialog } from "./MissingDialog";
import { t } from "./gridTexts";
import { useCellEdit } from "./useCellEdit";
import { useWindow } from "./useWindow";
import { copyCell } from "./copyCell";

export interface GridProps {
    entity: EntityMeta;
    source: RowSource;
    isWaiting: boolean;
    /** They have waited for so long that it has to be seen. */
    isLate: boolean;
    columns: ShownColumn[];
    sort: SortKey[];
    isSelectable: boolean;
    selection: Selection;
    onSelect: (selection: Selection) => void;
    onSort: (key: string, add: boolean) => void;
    onMoveColumn: (from: number, to: number) => void;
    /** 0: as wide as the kind of field asks for. */
    onResizeColumn: (key: string, width: number) => void;
    /** The record that stands at the side. */
    openId: string | null;
    onOpen: (id: string) => void;
    onOpenAside: (id: string | null) => void;
    onDelete: (id: string) => void;
}

const placeholders = 24;

/** The list as a grid (ARIA grid): only rows in sight are on the page, arrows move from cell to cell, each is edited where it stands. */
export function Grid(props: GridProps) {
    const { entity, source, columns, sort, selection, onSelect, openId, isSelectable } = props;
    const box = useRef<HTMLDivElement>(null);
    const rowHeight = useCoarse() ? 48 : 38;
    const headHeight = 36;
    const total = source.total ?? placeholders;
    const [active, setActive] = useState<Cell>({ row: -1, column: 0 });
    const [edited, setEdited] = useState<(Cell & { id: string }) | null>(null);
    const wantsFocus = useRef(false);
    const anchor = useRef(0);
    const [said, say] = useState("");
    const [resizing, setResizing] = useState<{ key: string; width: number } | null>(null);
    const { refusals, refuse, save, missing } = useCellEdit(entity);
    const { range, rows, toTop } = useWindow(box, total, rowHeight, active.row);
    useEffect(() => source.want({ first: Math.max(0, range.first - 40), end: range.end + 60 }), [source, range]);
    useLayoutEffect(() => {
        toTop();
        setActive((cell) => ({ ...cell, row: Math.min(cell.row, 0) }));
        setEdited(null);
    }, [source.key]);

    const reveal = useCallback((cell: Cell) => {
        const element = box.current;
        if (!element || cell.row < 0) return;
        const next = scrollTo(cell.row, element.scrollTop, element.clientHeight - headHeight, rowHeight);
        if (next !== null) element.scrollTop = next;
    }, [rowHeight]);
    const move = useCallback((cell: Cell) => {
        reveal(cell);
        wantsFocus.current = true;
        setActive(cell);
        setEdited(null);
    }, [reveal]);
    useLayoutEffect(() => {
        if (!wantsFocus.current || edited) return;
        const cell = box.current?.querySelector<HTMLElement>(`[data-row="${active.row}"] > [data-at="${active.column}"]`);
        const target = active.column === -1 ? cell?.querySelector<HTMLElement>("input") : cell;
        if (!target) return;
        wantsFocus.current = false;
        target.focus({ preventScroll: true });
        target.scrollIntoView({ block: "nearest", inline: "nearest" });
    });

    const edit = useCallback((cell: Cell) => {
        const column = columns[cell.column];
        const id = source.idAt(cell.row);
        if (!column || !id || cell.row < 0) return;
        setActive(cell);
        if (!column.field.writable || !entity.operations.includes("update")) return say(t("readOnly"));
        reveal(cell);
        setEdited({ ...cell, id });
    }, [columns, entity, reveal, source]);
    const editing = useMemo<Editing | null>(() => {
        const column = edited && columns[edited.column];
        if (!edited || !column) return null;
        const { id } = edited;
        const back = (leave: Leave) => {
            const next = leave === "stay" ? null : nextWritable(edited.column, leave === "next" ? 1 : -1, columns.map((one) => one.field.writable));
            if (next !== null) edit({ row: edited.row, column: next });
            else move(edited);
        };
        return {
            ...edited,
            kept: refusals[id]?.[column.key] ?? null,
            save: (made, leave) => {
                const row = records.get(id);
                if (made && row) void save(row, column.field, made);
                back(leave);
            },
            cancel: () => {
                refuse(id, column.key, null);
                move(edited);
            },
        };
    }, [edited, columns, source]);
    // Rows may have come or gone above the one that is being edited.
    const editedRow = !edited ? null : source.idAt(edited.row) === edited.id ? edited.row : source.indexOf(edited.id);

    const selectRange = (to: number, on: boolean) => {
        const [first, last] = [Math.min(anchor.current, to), Math.max(anchor.current, to)];
        void source.idsIn({ first, end: last + 1 }).then((ids) => onSelect(select(selection, ids, on)));
    };
    // A press focuses the cell before it is a click: whether it was the active one has to be asked earlier.
    const wasActive = useRef(false);
    const pointed = (event: PointerEvent) => {
        const cell = cellAt(event.target as Element);
        wasActive.current = cell !== null && cell.row === active.row && cell.column === active.column && box.current?.contains(document.activeElement) === true;
    };
    const press = (event: MouseEvent) => {
        const cell = cellAt(event.target as Element);
        if (!cell || cell.row < 0) return;
        const id = source.idAt(cell.row);
        if (!id || (edited?.id === id && edited.column === cell.column)) return;
        const isLink = (event.target as Element).closest("a") !== null;
        if (cell.column === -1) {
            if (event.shiftKey) selectRange(cell.row, !isSelected(selection, id));
            else onSelect(toggle(selection, id));
            anchor.current = cell.row;
            return setActive(cell);
        }
        if (event.ctrlKey || event.metaKey) {
            event.preventDefault();
            props.onOpenAside(id);
        } else if (isLink) {
            event.preventDefault();
            return props.onOpen(id);
        } else if (event.shiftKey && isSelectable) selectRange(cell.row, true);
        else if (wasActive.current) return edit(cell);
        else if (openId) props.onOpenAside(id);
        anchor.current = cell.row;
        move(cell);
    };
    const walk = (to: Cell, extend: boolean) => {
        if (extend && isSelectable && to.row >= 0 && active.row >= 0) selectRange(to.row, true);
        else anchor.current = Math.max(0, to.row);
        const id = source.idAt(to.row);
        if (openId && id) props.onOpenAside(id);
        move(to);
    };
    const headKey = (event: KeyboardEvent, column: ShownColumn): boolean => {
        const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
        const to = active.column + by;
        if (event.altKey && by && to >= 0 && to < columns.length) {
            props.onMoveColumn(active.column, to);
            say(t("moved", { name: column.field.label, place: to + 1, count: columns.length }));
            move({ row: -1, column: to });
        } else if (event.shiftKey && by) {
            const width = clampWidth(column.width + by * 16);
            props.onResizeColumn(column.key, width);
            say(t("width", { name: column.field.label, width }));
        } else if (event.key === "Enter" || event.key === " ") props.onSort(column.key, event.shiftKey);
        else return false;
        return true;
    };
    const key = (event: KeyboardEvent) => {
        if (edited || event.defaultPrevented || (event.target as Element).closest(".floating")) return;
        const id = source.idAt(active.row);
        const column = columns[active.column];
        const far = event.ctrlKey || event.metaKey;
        const done = () => event.preventDefault();
        if (active.row === -1 && column && headKey(event, column)) return done();
        const to = event.altKey ? null : nextCell(active, event.key, far, total, columns.length, Math.max(1, Math.floor((box.current?.clientHeight ?? 400) / rowHeight) - 2));
        if (to) {
            if (to.column === -1 && !isSelectable) return done();
            walk(to, event.shiftKey && to.row !== active.row);
            return done();
        }
        if (far && event.key.toLowerCase() === "a" && isSelectable) {
            onSelect({ isAll: true, ids: new Set() });
            return done();
        }
        if (!id) return;
        if (far && event.key.toLowerCase() === "c" && column && !window.getSelection()?.toString()) return void copyCell(entity, column.field, id, () => say(t("copied")));
        if (far && event.key === "Enter") props.onOpen(id);
        else if (far || event.altKey) return;
        else if ((event.key === "Enter" || event.key === "F2") && column) edit(active);
        else if (event.key === " " && active.column === -1) onSelect(toggle(selection, id));
        else if (event.key === " ") props.onOpenAside(openId === id ? null : id);
        else if (event.key.toLowerCase() === "x" && isSelectable) {
            if (event.shiftKey) selectRange(active.row, true);
            else onSelect(toggle(selection, id));
        } else if (event.key === "j" || event.key === "k") walk({ ...active, row: Math.max(0, Math.min(total - 1, active.row + (event.key === "j" ? 1 : -1))) }, false);
        else if (event.key === "o") props.onOpen(id);
        else if (event.key === "Delete") props.onDelete(id);
        else return;
        done();
    };

    useShortcuts(gridShortcuts({ isSelectable, canUpdate: can(entity, "update"), canDelete: can(entity, "delete") }), true);
    const { template, width } = tracks(columns.map((one) => (one.key === resizing?.key ? { width: resizing.width, isFixed: true } : one)), isSelectable ? [48] : []);
    const style = { "--grid-columns": template, "--grid-width": `${width}px` } as CSSProperties;
    const count = selectedCount(selection, total);
    return (
        <>
            <div className={props.isLate ? "grid-box waiting" : "grid-box"} ref={box} tabIndex={-1} style={{ scrollPaddingLeft: active.column > 0 ? (isSelectable ? 48 : 0) + (columns[0]?.width ?? 0) : 48 }}>
                <div className="grid" role="grid" aria-label={t("grid", { name: entity.label.many })} aria-rowcount={source.total === null ? -1 : source.total + 1} aria-colcount={columns.length + (isSelectable ? 1 : 0)} aria-multiselectable={isSelectable || undefined} aria-busy={props.isWaiting || source.total === null || undefined} style={style} onPointerDown={pointed} onClick={press} onKeyDown={key} onFocus={(event) => focused(event.target, setActive)}>
                    <div role="rowgroup" className="grid-top">
                        <GridHead
                            columns={columns}
                            sort={sort}
                            isSelectable={isSelectable}
                            selected={count === 0 ? "none" : count >= total ? "all" : "some"}
                            active={active.row === -1 ? active.column : null}
                            onSelectAll={(on) => onSelect({ isAll: on, ids: new Set() })}
                            onSort={props.onSort}
                            onMove={props.onMoveColumn}
                            onResize={(name, size, isFinal) => {
                                setResizing(isFinal ? null : { key: name, width: size });
                                if (isFinal) props.onResizeColumn(name, size);
                            }}
                        />
                    </div>
                    <div role="rowgroup" className="grid-body" style={{ height: total * rowHeight }}>
                        {rows.map(({ row, slot }) => {
                            const id = source.idAt(row);
                            return (
                                <GridRow
                                    key={slot}
                                    entity={entity}
                                    columns={columns}
                                    index={row}
                                    top={row * rowHeight}
                                    id={id}
                                    isSelected={id !== undefined && isSelected(selection, id)}
                                    isOpen={id !== undefined && id === openId}
                                    isSelectable={isSelectable}
                                    active={active.row === row ? active.column : null}
                                    editing={editing && editedRow === row ? editing : null}
                                    faults={faultsOf(id ? refusals[id] : undefined)}
                                />
                            );
                        })}
                    </div>
                </div>
            </div>
            <div className="unseen" role="status">{said}</div>
            {missing && <MissingDialog missing={missing} />}
        </>
    );
}

function cellAt(element: Element): Cell | null {
    const cell = element.closest<HTMLElement>("[data-at]");
    const row = cell?.closest<HTMLElement>("[data-row]");
    return cell && row ? { row: Number(row.dataset["row"]), column: Number(cell.dataset["at"]) } : null;
}

function focused(element: Element, setActive: (change: (cell: Cell) => Cell) => void) {
    const cell = cellAt(element);
    if (cell) setActive((former) => (former.row === cell.row && former.column === cell.column ? former : cell));
}

const noFaults = new WeakMap<object, Record<string, string>>();

/** The faults of a row, the same object as long as they are the same. */
function faultsOf(refusals: Record<string, { fault: string }> | undefined): Record<string, string> | undefined {
    if (!refusals || !Object.keys(refusals).length) return undefined;
    const known = noFaults.get(refusals) ?? Object.fromEntries(Object.entries(refusals).map(([key, one]) => [key, one.fault]));
    noFaults.set(refusals, known);
    return known;
}
