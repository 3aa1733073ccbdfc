import { useState } from "react";
import copy from "bootstrap-icons/files.svg";
import dots from "bootstrap-icons/three-dots.svg";
import link from "bootstrap-icons/link-45deg.svg";
import question from "bootstrap-icons/shield-lock.svg";
import clock from "bootstrap-icons/clock-history.svg";
import trash from "bootstrap-icons/trash3.svg";
import { to } from "../../app/router";
import { IconButton } from "../../design/Button";
import { Menu, type MenuEntry } from "../../design/Menu";
import { toast } from "../../design/Toast";
import { isEditable } from "../create/formFields";
import { openCreate } from "../create/openCreate";
import { labelOf } from "../meta/label";
import { can } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { deleteRecord, toastProblem } from "../records/change";
import type { Row, Value } from "../records/types";
import { AccessDialog } from "./AccessDialog";
import { recordTexts as t } from "./texts";

interface Props {
    entity: EntityMeta;
    row: Row;
    /** What the plugin offers, where it has no room of its own. */
    actions: MenuEntry[];
    onHistory: () => void;
    onDeleted: () => void;
}

/** What can be done with any record. */
export function RecordMenu({ entity, row, actions, onHistory, onDeleted }: Props) {
    const [explains, setExplains] = useState(false);
    const remove = () => {
        const name = labelOf(row, entity);
        onDeleted();
        deleteRecord(entity, row, name).catch(toastProblem);
    };
    const entries: MenuEntry[] = [
        ...actions,
        ...(can(entity, "create") ? [{ key: "duplicate", label: t("duplicate"), icon: copy, line: actions.length > 0, onSelect: () => openCreate(entity.name, copied(entity, row)) }] : []),
        { key: "link", label: t("copyLink"), icon: link, onSelect: () => void copyLink(to(`${entity.path}/${row.id}`)) },
        ...(can(entity, "history") ? [{ key: "history", label: t("history"), icon: clock, onSelect: onHistory }] : []),
        ...(entity.owner_field ? [{ key: "access", label: t("access"), icon: question, onSelect: () => setExplains(true) }] : []),
        ...(can(entity, "delete") ? [{ key: "delete", label: t("remove"), icon: trash, danger: true, line: true, onSelect: remove }] : []),
    ];
    return (
        <>
            <Menu entries={entries} label={t("menu")} align="end"><IconButton icon={dots} label={t("menu")} /></Menu>
            {explains && <AccessDialog entity={entity} id={row.id} onClose={() => setExplains(false)} />}
        </>
    );
}

/** The values that a copy begins with: all that can be edited and need not be unique. */
function copied(entity: EntityMeta, row: Row): Record<string, Value> {
    const values: Record<string, Value> = {};
    for (const field of entity.fields) {
        const value = row[field.key] as Value | undefined;
        if (!isEditable(field) || field.rules.unique || field.kind === "instant" || value === null || value === undefined) continue;
        if (field.key === entity.states?.field || field.key === "lost_reason") continue;
        values[field.key] = value;
        const currency = row[`${field.key}_currency`];
        if (field.kind === "money" && typeof currency === "string") values[`${field.key}_currency`] = currency;
    }
    return values;
}

async function copyLink(address: string) {
    try {
        await navigator.clipboard.writeText(window.location.origin + address);
        toast({ text: t("copied") });
    } catch {
        toast({ text: t("notCopied"), kind: "danger" });
    }
}
