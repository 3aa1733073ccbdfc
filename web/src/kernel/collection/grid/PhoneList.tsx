import { memo, useEffect, useLayoutEffect, useRef, type MouseEvent } from "react";
import { Skeleton } from "../../../design/Badge";
import { to } from "../../../app/router";
import { FieldValue, isNumeric } from "../../fields/FieldValue";
import { labelOf } from "../../meta/label";
import type { EntityMeta } from "../../meta/types";
import type { Row } from "../../records/types";
import { useCached } from "../../records/useRecord";
import type { ShownColumn } from "../columns";
import type { RowSource } from "../rows/RowSource";
import { isSelected, toggle, type Selection } from "../selection";
import { t } from "./gridTexts";
import { useWindow } from "./useWindow";

interface Props {
    entity: EntityMeta;
    source: RowSource;
    isWaiting: boolean;
    isLate: boolean;
    columns: ShownColumn[];
    isSelectable: boolean;
    selection: Selection;
    onSelect: (selection: Selection) => void;
    onOpen: (id: string) => void;
}

const rowHeight = 64;

/** The list on a narrow screen: rows of two lines, a press opens the record. */
export function PhoneList({ entity, source, isWaiting, isLate, columns, isSelectable, selection, onSelect, onOpen }: Props) {
    const box = useRef<HTMLDivElement>(null);
    const total = source.total ?? 14;
    const { range, rows } = useWindow(box, total, rowHeight, null);
    useEffect(() => source.want({ first: Math.max(0, range.first - 30), end: range.end + 50 }), [source, range]);
    useLayoutEffect(() => {
        if (box.current) box.current.scrollTop = 0;
    }, [source.key]);
    const press = (event: MouseEvent) => {
        const target = event.target as Element;
        const id = target.closest<HTMLElement>("[data-record-id]")?.dataset["recordId"];
        if (!id) return;
        if (target.closest(".phone-check")) return onSelect(toggle(selection, id));
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        onOpen(id);
    };
    return (
        <div className={isLate ? "grid-box waiting" : "grid-box"} ref={box} tabIndex={-1}>
            <ul className="grid-body phone-list" aria-label={t("grid", { name: entity.label.many })} aria-busy={isWaiting || source.total === null || undefined} style={{ height: total * rowHeight }} onClick={press}>
                {rows.map(({ row, slot }) => {
                    const id = source.idAt(row);
                    return <PhoneRow key={slot} entity={entity} columns={columns} index={row} total={total} id={id} isSelectable={isSelectable} isSelected={id !== undefined && isSelected(selection, id)} />;
                })}
            </ul>
        </div>
    );
}

/** Whether the field says something beside the record's name; a «no» doesn't, without its label. */
function says(row: Row, key: string, name: string): boolean {
    const value = row[key];
    return value !== null && value !== undefined && value !== "" && value !== false && !(typeof value === "string" && name.includes(value));
}

interface RowProps {
    entity: EntityMeta;
    columns: ShownColumn[];
    index: number;
    total: number;
    id: string | undefined;
    isSelectable: boolean;
    isSelected: boolean;
}

const PhoneRow = memo(function PhoneRow({ entity, columns, index, total, id, isSelectable, isSelected: selected }: RowProps) {
    const row = useCached(id);
    const figure = columns.find((one) => one.field.kind === "money") ?? columns.find((one) => isNumeric(one.field));
    const name = row ? labelOf(row, entity) : "";
    const below = row ? columns.filter((one) => one !== figure && says(row, one.key, name)).slice(0, 2) : [];
    return (
        <li className={selected ? "phone-row selected" : "phone-row"} data-record-id={id} aria-setsize={total} aria-posinset={index + 1} style={{ transform: `translateY(${index * rowHeight}px)` }}>
            {isSelectable && <label className="phone-check"><input type="checkbox" className="checkbox" checked={selected} disabled={!row} readOnly aria-label={t("select", { name })} /></label>}
            {row ? (
                <a className="phone-text" href={to(`${entity.path}/${row.id}`)}>
                    <span className="phone-line"><strong className="truncate">{name}</strong>{figure && typeof row[figure.key] === "number" && <span className="number"><FieldValue entity={entity} field={figure.field} row={row} /></span>}</span>
                    <span className="phone-line muted small">{below.map((one) => <span key={one.key} className="truncate">{row[one.key] === true ? one.field.label : <FieldValue entity={entity} field={one.field} row={row} />}</span>)}</span>
                </a>
            ) : <span className="phone-text"><Skeleton width="60%" /><Skeleton width="40%" height={10} /></span>}
        </li>
    );
});
