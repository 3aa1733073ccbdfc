import type { RefObject } from "react";
import { createPortal } from "react-dom";
import * as format from "../format/format";
import type { EntityMeta, FieldMeta } from "../meta/types";
import type { Row } from "../records/types";
import { included } from "../fields/FieldValue";
import { CardBody } from "./Card";
import { columnKey, type Column } from "./columns";
import { obstacle } from "./move";
import { t } from "./texts";

interface Props {
    ghost: RefObject<HTMLDivElement>;
    entity: EntityMeta;
    grouping: FieldMeta;
    fields: string[];
    row: Row;
    width: number;
    /** The column under the pointer. */
    column: Column | null;
}

/** The card under the pointer, and what changes where it is let go. */
export function DragGhost({ ghost, entity, grouping, fields, row, width, column }: Props) {
    const isElsewhere = column && column.key !== columnKey(row, grouping.key);
    const hindrance = isElsewhere ? obstacle(entity, grouping, row, column) : null;
    const way = hindrance ?? (isElsewhere ? [column.label, chance(grouping, row, column)].filter(Boolean).join(" · ") : null);
    return createPortal(
        <div className="card-ghost" ref={ghost} style={{ width, transform: "translate(-999px, -999px)" }} aria-hidden="true">
            <div className="card"><CardBody entity={entity} fields={fields} row={row} /></div>
            {way && <span className={hindrance ? "card-way illegal" : "card-way"}>{way}</span>}
        </div>,
        document.body,
    );
}

/** How the probability changes with the stage. */
function chance(grouping: FieldMeta, row: Row, column: Column): string {
    const before = row["win_probability"] ?? included(row, grouping)?.["win_probability"];
    const after = column.row?.["win_probability"];
    if (typeof before !== "number" || typeof after !== "number" || before === after) return "";
    return t("chance", { from: format.percent(before), to: format.percent(after) });
}
