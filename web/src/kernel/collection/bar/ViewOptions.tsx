import { useRef, useState } from "react";
import sliders from "bootstrap-icons/sliders.svg";
import { Button } from "../../../design/Button";
import { Floating } from "../../../design/Floating";
import { BoardOptions } from "../../board/BoardOptions";
import type { EntityMeta } from "../../meta/types";
import { chosenColumns, showableFields } from "../columns";
import { keepColumns } from "../kept";
import { writeColumns, type Column, type ListQuery } from "../query";
import type { ChangeQuery } from "../useListQuery";
import { t } from "./barTexts";
import { FieldOrder } from "./FieldOrder";

interface Props {
    entity: EntityMeta;
    form: "list" | "board";
    query: ListQuery;
    change: ChangeQuery;
}

/** «Vista»: the columns of the list, or the grouping and the cards of the board. */
export function ViewOptions(props: Props) {
    const [open, setOpen] = useState(false);
    const anchor = useRef<HTMLButtonElement>(null);
    if (props.form === "board") return <BoardOptions entity={props.entity} />;
    return (
        <>
            <Button bar look="plain" icon={sliders} innerRef={anchor} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>{t("view")}</Button>
            {open && <Floating anchor={anchor} align="end" onClose={() => setOpen(false)} role="dialog" label={t("view")} className="view-panel"><ColumnsPanel {...props} /></Floating>}
        </>
    );
}

export function ColumnsPanel({ entity, query, change }: Omit<Props, "form">) {
    const columns = chosenColumns(entity, query.columns);
    const set = (next: Column[] | null) => {
        keepColumns(entity.name, next && writeColumns(next));
        change({ columns: next });
    };
    return (
        <>
            <FieldOrder
                entity={entity}
                label={t("shown")}
                chosen={columns.map((one) => one.key)}
                offered={showableFields(entity)}
                onChange={(keys) => set(keys.map((key) => columns.find((one) => one.key === key) ?? { key, width: null }))}
            />
            <hr className="menu-line" />
            <button type="button" className="menu-item" onClick={() => set(null)}>{t("reset")}</button>
        </>
    );
}
