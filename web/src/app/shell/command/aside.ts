import { money } from "../../../kernel/format/format";
import { labelOf } from "../../../kernel/meta/label";
import { field, view, type MetaIndex } from "../../../kernel/meta/meta";
import type { EntityMeta } from "../../../kernel/meta/types";
import type { Row } from "../../../kernel/records/types";

/** What tells a record from others of the same name: its state, whom it belongs to, its money. */
export function asideOf(entity: EntityMeta, row: Row, meta: MetaIndex): string {
    const list = view(entity, "list")?.fields ?? [];
    const group = view(entity, "board")?.group_by;
    const reference = list.find((key) => field(entity, key)?.kind === "reference" && key !== entity.owner_field && key !== group);
    const amount = list.find((key) => field(entity, key)?.kind === "money");
    const words = [group, group ? null : reference].map((key) => (key ? valueText(entity, row, key, meta) : ""));
    const minor = amount ? row[amount] : null;
    if (amount && typeof minor === "number") words.push(money(minor, row[`${amount}_currency`] as string | null));
    return words.filter(Boolean).join(" · ");
}

function valueText(entity: EntityMeta, row: Row, key: string, meta: MetaIndex): string {
    const described = field(entity, key);
    const value = row[key];
    if (!described || value === null || value === undefined) return "";
    if (described.choices) return described.choices.find((one) => one.value === value)?.label ?? "";
    const included = described.reference?.include ? row[described.reference.include] : null;
    if (typeof included !== "object" || included === null || !("id" in included)) return "";
    return labelOf(included as Row, described.reference ? meta.entity(described.reference.entity) : undefined);
}
