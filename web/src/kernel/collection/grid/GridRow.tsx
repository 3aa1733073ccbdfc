import { memo } from "react";
import { to } from "../../../app/router";
import { FieldValue, isNumeric } from "../../fields/FieldValue";
import { labelOf } from "../../meta/label";
import type { EntityMeta } from "../../meta/types";
import { useCached } from "../../records/useRecord";
import type { ShownColumn } from "../columns";
import { CellEditor, type Editing } from "./CellEditor";
import { t } from "./gridTexts";

interface Props {
    entity: EntityMeta;
    columns: ShownColumn[];
    index: number;
    top: number;
    id: string | undefined;
    isSelected: boolean;
    isOpen: boolean;
    isSelectable: boolean;
    /** The column that has the focus in this row, or would get it; null where none has. */
    active: number | null;
    editing: Editing | null;
    /** What is wrong with cells of this row, by field. */
    faults: Record<string, string> | undefined;
}

/** One row of the grid. What happens in it is handled by the grid, which reads `data-row` and `data-at`. */
export const GridRow = memo(function GridRow({ entity, columns, index, top, id, isSelected, isOpen, isSelectable, active, editing, faults }: Props) {
    const row = useCached(id);
    const name = row ? labelOf(row, entity) : "";
    const names = ["grid-row", isSelected && "selected", isOpen && "open", editing && "editing", !row && "waiting"].filter(Boolean).join(" ");
    const first = isSelectable ? 2 : 1;
    if (!row && active === null) {
        return (
            <div className="grid-row waiting" role="row" aria-rowindex={index + 2} aria-busy="true" data-row={index} style={{ transform: `translateY(${top}px)` }}>
                <div className="grid-waiting" role="gridcell" aria-label={t("loading")} />
            </div>
        );
    }
    return (
        <div
            className={names}
            role="row"
            aria-rowindex={index + 2}
            aria-selected={isSelectable ? isSelected : undefined}
            aria-busy={!row || undefined}
            data-row={index}
            data-record-id={id}
            style={{ transform: `translateY(${top}px)` }}
        >
            {isSelectable && (
                <div className="grid-cell grid-check" role="gridcell" aria-colindex={1} data-at={-1}>
                    <input type="checkbox" className="checkbox" tabIndex={active === -1 ? 0 : -1} checked={isSelected} disabled={!row} readOnly aria-label={t("select", { name })} />
                </div>
            )}
            {columns.map((column, at) => {
                const isEdited = editing?.column === at && !!row;
                const fault = faults?.[column.key];
                const cell = ["grid-cell", isNumeric(column.field) && "number", at === 0 && "grid-first", fault && "faulty", isEdited && "edited"].filter(Boolean).join(" ");
                return (
                    <div
                        key={column.key}
                        className={cell}
                        role="gridcell"
                        aria-colindex={at + first}
                        aria-readonly={!column.field.writable || undefined}
                        aria-invalid={fault ? true : undefined}
                        title={fault ? t("fault", { text: fault }) : undefined}
                        tabIndex={active === at ? 0 : -1}
                        data-at={at}
                        data-field={column.key}
                    >
                        {!row ? null
                            : isEdited && editing ? <CellEditor entity={entity} field={column.field} row={row} editing={editing} />
                            : at === 0 ? <a className="grid-name truncate" tabIndex={-1} href={to(`${entity.path}/${row.id}`)}>{hasValue(row[column.key]) ? <FieldValue entity={entity} field={column.field} row={row} /> : name}</a>
                            : <FieldValue entity={entity} field={column.field} row={row} />}
                    </div>
                );
            })}
        </div>
    );
});

const hasValue = (value: unknown) => value !== null && value !== undefined && value !== "";
