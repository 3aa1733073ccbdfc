import type { Shortcut } from "../../../app/shell/keys";
import { t } from "./gridTexts";

/** A cell: row -1 is the head, column -1 the box that selects. */
export interface Cell {
    row: number;
    column: number;
}

/** Where an arrow or a page key leads from a cell; null for other keys. */
export function nextCell(cell: Cell, key: string, far: boolean, rows: number, columns: number, pageRows: number): Cell | null {
    const row = (to: number) => ({ ...cell, row: Math.max(-1, Math.min(rows - 1, to)) });
    const column = (to: number) => ({ ...cell, column: Math.max(-1, Math.min(columns - 1, to)) });
    switch (key) {
        case "ArrowDown": return row(far ? rows - 1 : cell.row + 1);
        case "ArrowUp": return row(far ? Math.min(0, cell.row) : cell.row - 1);
        case "ArrowRight": return column(far ? columns - 1 : cell.column + 1);
        case "ArrowLeft": return column(far ? 0 : cell.column - 1);
        case "PageDown": return row(cell.row + pageRows);
        case "PageUp": return row(Math.max(0, cell.row - pageRows));
        case "Home": return far ? { row: 0, column: 0 } : column(0);
        case "End": return far ? { row: rows - 1, column: columns - 1 } : column(columns - 1);
        default: return null;
    }
}

/** The next cell of a row that can be written, to the right or to the left; null at the end. */
export function nextWritable(column: number, by: 1 | -1, writable: boolean[]): number | null {
    for (let at = column + by; at >= 0 && at < writable.length; at += by) if (writable[at]) return at;
    return null;
}

/** What the keys do while a cell has the focus, for the list that `?` shows. */
export function gridShortcuts({ isSelectable, canUpdate, canDelete }: { isSelectable: boolean; canUpdate: boolean; canDelete: boolean }): Shortcut[] {
    const key = (keys: string, name: Parameters<typeof t>[0]): Shortcut => ({ keys, label: t(name), where: t("where") });
    return [
        key("j", "keyNext"), key("k", "keyPrevious"), key("o", "keyOpen"), key("Space", "keyAside"),
        ...(canUpdate ? [key("Enter", "keyEdit")] : []),
        ...(isSelectable ? [key("x", "keySelect"), key("mod+a", "selectAll")] : []),
        key("mod+c", "keyCopy"),
        ...(canDelete ? [key("Delete", "keyDelete")] : []),
        key("alt+ArrowRight", "keyMove"), key("shift+ArrowRight", "keyResize"),
    ];
}
