import { useState, type Ref } from "react";
import pencil from "bootstrap-icons/pencil.svg";
import person from "bootstrap-icons/person.svg";
import checkAll from "bootstrap-icons/check2-all.svg";
import dots from "bootstrap-icons/three-dots.svg";
import trash from "bootstrap-icons/trash3.svg";
import x from "bootstrap-icons/x-lg.svg";
import { Icon } from "../../../design/Icon";
import { Menu } from "../../../design/Menu";
import { can, field, view } from "../../meta/meta";
import type { EntityMeta } from "../../meta/types";
import type { ListQuery } from "../query";
import { nothingSelected, selectAll, selectedCount, type Selection } from "../selection";
import { useMedia, useNarrow } from "../useMedia";
import { inSentence, isFeminine } from "../words";
import { BulkDialog } from "./BulkDialog";
import { t } from "./bulkTexts";
import { dealt, type BulkAction } from "./dealt";

interface Props {
    entity: EntityMeta;
    query: ListQuery;
    total: number;
    selection: Selection;
    onSelect: (selection: Selection) => void;
    /** Something was done: what is shown has changed. */
    onDone: () => void;
}

/** The button of the menu; its attributes are the menu's. */
function MoreButton({ innerRef, ...rest }: { innerRef?: Ref<HTMLButtonElement> }) {
    return <button ref={innerRef} type="button" className="bulk-action bulk-more" aria-label={t("more")} {...rest}><Icon svg={dots} /></button>;
}

type Action = { kind: "set"; field: string | null } | { kind: "delete" };

/** What can be done with the selected records, floating over the foot of the list. */
export function BulkBar({ entity, query, total, selection, onSelect, onDone }: Props) {
    const [action, setAction] = useState<Action | null>(null);
    const narrow = useNarrow();
    const tight = useMedia("(max-width: 1179px)");
    const count = selectedCount(selection, total);
    if (count === 0) return null;
    const canUpdate = can(entity, "update");
    const groupKey = view(entity, "board")?.group_by;
    const group = groupKey ? field(entity, groupKey) : undefined;
    const owner = entity.owner_field ? field(entity, entity.owner_field) : undefined;
    const her = isFeminine(entity);
    const said = count === 1 ? t(her ? "oneSelectedHer" : "oneSelected") : t(her ? "selectedHer" : "selected", { count });
    const actions: BulkAction[] = [
        ...(!selection.isAll && count < total ? [{ key: "all", label: t("selectAll", { count: total }), icon: checkAll, run: () => onSelect(selectAll) }] : []),
        ...(canUpdate && group?.writable ? [{ key: "group", label: t("changeField", { field: inSentence(group.label) }), run: () => setAction({ kind: "set", field: group.key }) }] : []),
        ...(canUpdate && owner?.writable ? [{ key: "owner", label: t("assign"), icon: person, run: () => setAction({ kind: "set", field: owner.key }) }] : []),
        ...(canUpdate ? [{ key: "field", label: t("change"), icon: pencil, run: () => setAction({ kind: "set", field: null }) }] : []),
        ...(can(entity, "delete") ? [{ key: "delete", label: t("remove"), icon: trash, danger: true, run: () => setAction({ kind: "delete" }) }] : []),
    ];
    const { shown, more } = dealt(actions, narrow ? 1 : tight ? 3 : actions.length);
    return (
        <>
            <div className="bulk-bar" role="toolbar" aria-label={t("bar")}>
                <strong role="status">{said}</strong>
                {shown.map((one) => <button key={one.key} type="button" className={one.danger ? "bulk-action danger" : "bulk-action"} onClick={one.run}>{one.icon && <Icon svg={one.icon} />}<span className="truncate">{one.label}</span></button>)}
                {more.length > 0 && (
                    <Menu label={t("more")} align="end" entries={more.map(({ run, ...one }) => ({ ...one, onSelect: run }))}>
                        <MoreButton />
                    </Menu>
                )}
                <button type="button" className="bulk-close" aria-label={t("none")} title={`${t("none")} (Esc)`} onClick={() => onSelect(nothingSelected)}><Icon svg={x} /></button>
            </div>
            {action && (
                <BulkDialog
                    entity={entity}
                    query={query}
                    selection={selection}
                    count={count}
                    isDelete={action.kind === "delete"}
                    first={action.kind === "set" ? action.field : null}
                    onClose={() => setAction(null)}
                    onStarted={() => {
                        setAction(null);
                        onSelect(nothingSelected);
                    }}
                    onDone={onDone}
                />
            )}
        </>
    );
}
