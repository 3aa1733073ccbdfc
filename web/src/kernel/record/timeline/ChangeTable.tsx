import type { EntityMeta } from "../../meta/types";
import { ChangedValue } from "./ChangedValue";
import type { ReadableChange } from "./changes";
import { timelineTexts as t } from "./texts";

/** Several changes side by side: the field, what it was, what it is. */
export function ChangeTable({ entity, changes }: { entity: EntityMeta; changes: ReadableChange[] }) {
    const isNew = changes.every((one) => one.isEmptyBefore);
    return (
        <table className="change-table">
            <thead className={isNew ? "visually-hidden" : ""}>
                <tr><th scope="col">{t("field")}</th>{!isNew && <th scope="col">{t("from")}</th>}<th scope="col">{t("to")}</th></tr>
            </thead>
            <tbody>
                {changes.map((change) => (
                    <tr key={change.key} data-field={change.key}>
                        <th scope="row">{change.label}</th>
                        {!isNew && <td className="change-from"><ChangedValue entity={entity} change={change} side="from" /></td>}
                        <td><ChangedValue entity={entity} change={change} side="to" /></td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}
