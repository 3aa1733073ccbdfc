import { changeRecord } from "../records/change";
import { illegalTransition, allowedStates, needsReason, transitionRecord } from "../records/transition";
import { records } from "../records/cache";
import { field } from "../meta/meta";
import { labelOf } from "../meta/label";
import type { EntityMeta, FieldMeta } from "../meta/types";
import type { Row, Value } from "../records/types";
import { columnKey, type Column } from "./columns";
import { t } from "./texts";

/** What has to be asked before a card may stay in its new column. */
export interface ReasonAsked {
    title: string;
    label: string;
    submit: (reason: string) => Promise<void>;
    cancel: () => void;
}

/** Why the card can't go to that column; null where it can. */
export function obstacle(entity: EntityMeta, grouping: FieldMeta, row: Row, column: Column): string | null {
    if (entity.states?.field !== grouping.key) return column.value === null && grouping.rules.required ? t("noWay") : null;
    const from = columnKey(row, grouping.key);
    return column.value !== null && (from === column.value || allowedStates(entity, from).includes(column.value)) ? null : illegalTransition(entity, from, column.value ?? "");
}

/** The field that says why a record was lost, where the column wants one. */
function reasonField(entity: EntityMeta, grouping: FieldMeta, row: Row, column: Column): FieldMeta | undefined {
    if (grouping.kind !== "reference" || column.row?.["kind"] !== "lost" || row["lost_reason"]) return undefined;
    return field(entity, "lost_reason");
}

/**
 * Moves a card to a column: seen at once, put back if the server refuses or the reason is not given, with undo.
 *
 * `ask` shows the dialog for a reason. Throws why it could not be done.
 */
export async function moveCard(entity: EntityMeta, grouping: FieldMeta, row: Row, column: Column, ask: (asked: ReasonAsked | null) => void): Promise<boolean> {
    const hindrance = obstacle(entity, grouping, row, column);
    if (hindrance) throw new Error(hindrance);
    const name = labelOf(row, entity);
    const wanted = reasonField(entity, grouping, row, column);
    const isState = entity.states?.field === grouping.key;
    const include = grouping.reference?.include;
    const included = include && column.row ? { [include]: column.row } : {};
    const send = async (reason?: string) => {
        if (isState && column.value) {
            await transitionRecord(entity, row, column.value, reason);
            return;
        }
        const set: Record<string, Value> = { [grouping.key]: column.value, ...(wanted && reason ? { [wanted.key]: reason } : {}) };
        await changeRecord(entity, row, set, { message: t("moved", { name, column: column.label }), included });
    };
    const asks = wanted || (isState && column.value !== null && needsReason(entity, column.value));
    if (!asks) {
        await send();
        return true;
    }
    const takeOff = records.lay(row.id, { [grouping.key]: column.value, ...included } as Partial<Row>);
    return new Promise((resolve) => {
        ask({
            title: t("why", { name, column: column.label }),
            label: wanted?.label ?? field(entity, `${column.value ?? ""}_reason`)?.label ?? t("reason"),
            submit: async (reason) => {
                await send(reason);
                takeOff();
                ask(null);
                resolve(true);
            },
            cancel: () => {
                takeOff();
                ask(null);
                resolve(false);
            },
        });
    });
}
