import { useRef, useState } from "react";
import sliders from "bootstrap-icons/sliders.svg";
import { setQuery, usePlace } from "../../../app/router";
import { Button } from "../../../design/Button";
import { Floating } from "../../../design/Floating";
import { groupingFields } from "../../board/columns";
import { boardChoice, keepChoice } from "../../board/settings";
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
    return (
        <>
            <Button bar look="plain" icon={sliders} innerRef={anchor} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>{t("view")}</Button>
            {open && <Floating anchor={anchor} align="end" onClose={() => setOpen(false)} role="dialog" label={t("view")} className="view-panel"><ViewPanel {...props} /></Floating>}
        </>
    );
}

export function ViewPanel({ entity, form, query, change }: Props) {
    return form === "board" ? <BoardPanel entity={entity} /> : <ColumnsPanel entity={entity} query={query} change={change} />;
}

function ColumnsPanel({ entity, query, change }: Omit<Props, "form">) {
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
                add={t("addColumn")}
                chosen={columns.map((one) => one.key)}
                offered={showableFields(entity)}
                onChange={(keys) => set(keys.map((key) => columns.find((one) => one.key === key) ?? { key, width: null }))}
            />
            <hr className="menu-line" />
            <button type="button" className="menu-item" onClick={() => set(null)}>{t("reset")}</button>
        </>
    );
}

function BoardPanel({ entity }: { entity: EntityMeta }) {
    const { query } = usePlace();
    const { grouping, fields } = boardChoice(entity, query);
    return (
        <>
            <label className="view-choice">
                {t("groupBy")}
                <select className="input bar" value={grouping?.key ?? ""} onChange={(event) => {
                    keepChoice(entity, { group: event.target.value });
                    setQuery({ group: event.target.value });
                }}>
                    {groupingFields(entity).map((one) => <option key={one.key} value={one.key}>{one.label}</option>)}
                </select>
            </label>
            <FieldOrder
                entity={entity}
                label={t("cards")}
                add={t("addField")}
                chosen={fields}
                offered={showableFields(entity)}
                onChange={(cards) => {
                    keepChoice(entity, { cards });
                    setQuery({ cards: cards.join(",") });
                }}
            />
        </>
    );
}
