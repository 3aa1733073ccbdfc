import { useMemo } from "react";
import { MenuPanel } from "../../design/Menu";
import { labelOf } from "../meta/label";
import type { EntityMeta, FieldMeta } from "../meta/types";
import { records } from "../records/cache";
import { columnKey, type Column } from "./columns";
import { obstacle } from "./move";
import { t } from "./texts";

interface Props {
    entity: EntityMeta;
    grouping: FieldMeta;
    id: string;
    anchor: HTMLElement;
    columns: Column[];
    onMove: (column: Column) => void;
    onClose: () => void;
}

/** The columns that a card can go to: the way without dragging. */
export function MoveMenu({ entity, grouping, id, anchor, columns, onMove, onClose }: Props) {
    const hung = useMemo(() => ({ current: anchor }), [anchor]);
    const row = records.get(id);
    if (!row) return null;
    const here = columnKey(row, grouping.key);
    const entries = columns.map((column, index) => ({
        key: column.key,
        label: column.label,
        ...(index === 0 ? { heading: t("moveTo") } : {}),
        ...(column.key === here ? { checked: true } : {}),
        disabled: column.key !== here && obstacle(entity, grouping, row, column) !== null,
        onSelect: () => onMove(column),
    }));
    return <MenuPanel anchor={hung} entries={entries} label={t("move", { name: labelOf(row, entity) })} align="end" onClose={onClose} />;
}
