import { useRef, useState } from "react";
import arrows from "bootstrap-icons/arrow-down-up.svg";
import down from "bootstrap-icons/arrow-down.svg";
import plus from "bootstrap-icons/plus-lg.svg";
import up from "bootstrap-icons/arrow-up.svg";
import x from "bootstrap-icons/x-lg.svg";
import { Button, IconButton } from "../../../design/Button";
import { Floating } from "../../../design/Floating";
import { field } from "../../meta/meta";
import type { EntityMeta } from "../../meta/types";
import type { SortKey } from "../query";
import { isSortable, mostSorts } from "../sorting";
import { t } from "./barTexts";

interface Props {
    entity: EntityMeta;
    sort: SortKey[];
    /** It is another order than the entity's own. */
    isChosen: boolean;
    onSort: (sort: SortKey[]) => void;
}

/** What the list is sorted by, the first key before the second. */
export function SortMenu(props: Props) {
    const [open, setOpen] = useState(false);
    const anchor = useRef<HTMLButtonElement>(null);
    const [first] = props.sort;
    const name = first && props.isChosen ? field(props.entity, first.field)?.label : undefined;
    return (
        <>
            <Button bar look="plain" icon={arrows} innerRef={anchor} aria-haspopup="dialog" aria-expanded={open} aria-label={name ? `${t("sort")}: ${name}` : t("sort")} onClick={() => setOpen(!open)}><span className="truncate bar-name">{name ?? t("sort")}</span></Button>
            {open && <Floating anchor={anchor} align="end" onClose={() => setOpen(false)} role="dialog" label={t("sortTitle")} className="filter-panel"><SortPanel {...props} /></Floating>}
        </>
    );
}

export function SortPanel({ entity, sort, isChosen, onSort }: Props) {
    const fields = entity.fields.filter(isSortable);
    const set = (at: number, key: SortKey | null) => onSort(sort.flatMap((one, index) => (index === at ? (key ? [key] : []) : [one])));
    const next = fields.find((one) => !sort.some((key) => key.field === one.key));
    return (
        <div className="sort-panel">
            {sort.map((key, at) => {
                const name = field(entity, key.field)?.label ?? key.field;
                return (
                    <div key={key.field} className="row">
                        <select className="input bar grow" aria-label={t("sortField", { place: at + 1 })} value={key.field} onChange={(event) => set(at, { ...key, field: event.target.value })}>
                            {fields.filter((one) => one.key === key.field || !sort.some((other) => other.field === one.key)).map((one) => <option key={one.key} value={one.key}>{one.label}</option>)}
                        </select>
                        <IconButton bar icon={key.descending ? down : up} label={`${t("direction", { name })}: ${t(key.descending ? "descending" : "ascending")}`} onClick={() => set(at, { ...key, descending: !key.descending })} />
                        <IconButton bar look="plain" icon={x} label={t("removeSort", { name })} onClick={() => set(at, null)} />
                    </div>
                );
            })}
            {next && sort.length < mostSorts && <Button bar look="plain" icon={plus} onClick={() => onSort([...sort, { field: next.key, descending: false }])}>{t("addSort")}</Button>}
            {isChosen && <Button bar look="plain" onClick={() => onSort([])}>{t("ownOrder")}</Button>}
        </div>
    );
}
