import { useRef, useState, type PointerEvent as Press } from "react";
import arrowDown from "bootstrap-icons/arrow-down.svg";
import arrowUp from "bootstrap-icons/arrow-up.svg";
import { Icon } from "../../../design/Icon";
import { isNumeric } from "../../fields/FieldValue";
import { clampWidth, type ShownColumn } from "../columns";
import type { SortKey } from "../query";
import { t } from "./gridTexts";

interface Props {
    columns: ShownColumn[];
    sort: SortKey[];
    isSelectable: boolean;
    selected: "none" | "some" | "all";
    /** The column that has, or would get, the focus. */
    active: number | null;
    onSelectAll: (on: boolean) => void;
    onSort: (key: string, add: boolean) => void;
    onMove: (from: number, to: number) => void;
    /** `isFinal`: let go; before that the grid only shows it. */
    onResize: (key: string, width: number, isFinal: boolean) => void;
}

/** The head of the grid: press to sort, drag to move, drag the edge to resize. Keys are handled by the grid. */
export function GridHead({ columns, sort, isSelectable, selected, active, onSelectAll, onSort, onMove, onResize }: Props) {
    const head = useRef<HTMLDivElement>(null);
    const [landing, setLanding] = useState<{ from: number; to: number } | null>(null);
    const dragged = useRef(false);
    const resize = (event: Press<HTMLElement>, column: ShownColumn) => {
        event.preventDefault();
        event.stopPropagation();
        const handle = event.currentTarget;
        const cell = handle.parentElement;
        if (!cell) return;
        const from = event.clientX;
        const width = cell.getBoundingClientRect().width;
        handle.setPointerCapture(event.pointerId);
        const move = (moved: PointerEvent) => onResize(column.key, clampWidth(width + moved.clientX - from), false);
        const end = (ended: PointerEvent) => {
            handle.removeEventListener("pointermove", move);
            onResize(column.key, clampWidth(width + ended.clientX - from), true);
        };
        handle.addEventListener("pointermove", move);
        handle.addEventListener("pointerup", end, { once: true });
    };
    const drag = (event: Press<HTMLElement>, from: number) => {
        if (event.button !== 0 || event.pointerType === "touch") return;
        const start = event.clientX;
        dragged.current = false;
        const cells = [...(head.current?.querySelectorAll<HTMLElement>("[role=columnheader][data-column]") ?? [])].map((cell) => cell.getBoundingClientRect());
        let to = from;
        const move = (moved: PointerEvent) => {
            if (!dragged.current && Math.abs(moved.clientX - start) < 6) return;
            dragged.current = true;
            to = cells.filter((box, index) => index !== from && box.left + box.width / 2 < moved.clientX).length;
            setLanding({ from, to });
        };
        const end = () => {
            window.removeEventListener("pointermove", move);
            window.removeEventListener("keydown", cancel, true);
            window.removeEventListener("pointerup", end);
            setLanding(null);
            if (dragged.current && to !== from) onMove(from, to);
        };
        const cancel = (pressed: KeyboardEvent) => {
            if (pressed.key !== "Escape") return;
            pressed.stopPropagation();
            to = from;
            end();
        };
        window.addEventListener("pointermove", move);
        window.addEventListener("keydown", cancel, true);
        window.addEventListener("pointerup", end);
    };
    const first = isSelectable ? 2 : 1;
    return (
        <div className="grid-row grid-head" role="row" aria-rowindex={1} data-row={-1} ref={head}>
            {isSelectable && (
                <div className="grid-cell grid-check" role="columnheader" aria-colindex={1} data-at={-1}>
                    <input
                        type="checkbox"
                        className="checkbox"
                        tabIndex={active === -1 ? 0 : -1}
                        aria-label={t("selectAll")}
                        checked={selected === "all"}
                        ref={(box) => {
                            if (box) box.indeterminate = selected === "some";
                        }}
                        onChange={() => onSelectAll(selected === "none")}
                    />
                </div>
            )}
            {columns.map((column, at) => {
                const key = sort.find((one) => one.field === column.key);
                const lands = landing && landing.to !== landing.from && (landing.to === at ? (landing.to > landing.from ? "after" : "before") : null);
                const names = ["grid-cell", isNumeric(column.field) && "number", at === 0 && "grid-first", landing?.from === at && "moving", lands && `lands-${lands}`].filter(Boolean).join(" ");
                return (
                    <div
                        key={column.key}
                        className={names}
                        role="columnheader"
                        aria-colindex={at + first}
                        aria-sort={key ? (key.descending ? "descending" : "ascending") : "none"}
                        tabIndex={active === at ? 0 : -1}
                        data-at={at}
                        data-column={column.key}
                        title={column.field.label}
                        onPointerDown={(event) => drag(event, at)}
                        onClick={(event) => !dragged.current && onSort(column.key, event.shiftKey)}
                    >
                        <span className="truncate">{column.field.label}</span>
                        {key && <Icon svg={key.descending ? arrowDown : arrowUp} />}
                        {key && sort.length > 1 && <span className="grid-sort-place" aria-hidden="true">{sort.indexOf(key) + 1}</span>}
                        <span className="grid-resize" aria-hidden="true" onPointerDown={(event) => resize(event, column)} onClick={(event) => event.stopPropagation()} onDoubleClick={() => onResize(column.key, 0, true)} />
                    </div>
                );
            })}
        </div>
    );
}
