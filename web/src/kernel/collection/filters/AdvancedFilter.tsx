import { useState } from "react";
import { texts } from "../../../app/language";
import { Button } from "../../../design/Button";
import { Dialog } from "../../../design/Dialog";
import type { EntityMeta } from "../../meta/types";
import type { Group, ListQuery } from "../query";
import type { ChangeQuery } from "../useListQuery";
import { GroupEditor, newCondition } from "./GroupEditor";
import { tidy } from "./groups";

const t = texts({
    it: { title: "Filtro avanzato", show: "Mostra i risultati", clear: "Togli tutto", cancel: "Annulla" },
    en: { title: "Advanced filter", show: "Show results", clear: "Clear all", cancel: "Cancel" },
});

interface Props {
    entity: EntityMeta;
    query: ListQuery;
    change: ChangeQuery;
    onClose: () => void;
}

/** Conditions of which all or any must hold, and groups of them. Chips that were there stay; they hold too. */
export function AdvancedFilter({ entity, query, change, onClose }: Props) {
    const [group, setGroup] = useState<Group>(() => query.advanced ?? { join: "any", parts: [newCondition(entity), newCondition(entity)] });
    const show = () => {
        change({ advanced: tidy(group) }, true);
        onClose();
    };
    const footer = (
        <>
            {query.advanced && <Button look="plain" onClick={() => {
                change({ advanced: null }, true);
                onClose();
            }}>{t("clear")}</Button>}
            <span className="grow" />
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button look="primary" type="submit">{t("show")}</Button>
        </>
    );
    return (
        <Dialog title={t("title")} wide onClose={onClose} onSubmit={show} footer={footer}>
            <GroupEditor entity={entity} group={group} depth={0} onChange={setGroup} />
        </Dialog>
    );
}
