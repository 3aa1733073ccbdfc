import { field } from "../meta/meta";
import type { EntityMeta, FieldMeta } from "../meta/types";

export interface DetailGroup {
    title: string;
    fields: FieldMeta[];
}

/** The groups of an entity's forms; fields that stand in none follow in the last one. */
export function detailGroups(entity: EntityMeta): DetailGroup[] {
    const groups = entity.views
        .filter((one) => one.form === "form")
        .map((one) => ({ title: one.title ?? entity.label.one, fields: one.fields.map((key) => field(entity, key)).filter((found): found is FieldMeta => !!found) }));
    const placed = new Set(groups.flatMap((group) => group.fields.map((one) => one.key)));
    const isOwn = (one: FieldMeta) => !one.standard && !placed.has(one.key) && one.kind !== "currency" && one.kind !== "json" && one.kind !== "ids" && !one.rules.read_only;
    const rest = entity.fields.filter(isOwn);
    if (rest.length) {
        const last = groups[groups.length - 1];
        if (last) last.fields = [...last.fields, ...rest];
        else groups.push({ title: entity.label.one, fields: rest });
    }
    return groups;
}
