import { useState } from "react";
import pencil from "bootstrap-icons/pencil.svg";
import person from "bootstrap-icons/person.svg";
import trash from "bootstrap-icons/trash3.svg";
import x from "bootstrap-icons/x-lg.svg";
import { Icon } from "../../../design/Icon";
import { can, field, view } from "../../meta/meta";
import type { EntityMeta } from "../../meta/types";
import type { ListQuery } from "../query";
import { nothingSelected, selectAll, selectedCount, type Selection } from "../selection";
import { inSentence, isFeminine } from "../words";
import { BulkDialog } from "./BulkDialog";
import { t } from "./bulkTexts";

interface Props {
    entity: EntityMeta;
    query: ListQuery;
    total: number;
    selection: Selection;
    onSelect: (selection: Selection) => void;
    /** Something was done: what is shown has changed. */
    onDone: () => void;
}

type Action = { kind: "set"; field: string | null } | { kind: "delete" };

/** What can be done with the selected records, floating over the foot of the list. */
export function BulkBar({ entity, query, total, selection, onSelect, onDone }: Props) {
    const [action, setAction] = useState<Action | null>(null);
    const count = selectedCount(selection, total);
    if (count === 0) return null;
    const canUpdate = can(entity, "update");
    const groupKey = view(entity, "board")?.group_by;
    const group = groupKey ? field(entity, groupKey) : undefined;
    const owner = entity.owner_field ? field(entity, entity.owner_field) : undefined;
    const her = isFeminine(entity);
    const said = count === 1 ? t(her ? "oneSelectedHer" : "oneSelected") : t(her ? "selectedHer" : "selected", { count });
    return (
        <>
            <div className="bulk-bar" role="toolbar" aria-label={t("bar")}>
                <strong role="status">{said}</strong>
                {!selection.isAll && count < total && <button type="button" className="bulk-action" onClick={() => onSelect(selectAll)}>{t("selectAll", { count: total })}</button>}
                {canUpdate && group?.writable && <button type="button" className="bulk-action" onClick={() => setAction({ kind: "set", field: group.key })}>{t("changeField", { field: inSentence(group.label) })}</button>}
                {canUpdate && owner?.writable && <button type="button" className="bulk-action" onClick={() => setAction({ kind: "set", field: owner.key })}><Icon svg={person} />{t("assign")}</button>}
                {canUpdate && <button type="button" className="bulk-action" onClick={() => setAction({ kind: "set", field: null })}><Icon svg={pencil} />{t("change")}</button>}
                {can(entity, "delete") && <button type="button" className="bulk-action danger" onClick={() => setAction({ kind: "delete" })}><Icon svg={trash} />{t("remove")}</button>}
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
