import { can, type MetaIndex } from "../meta/meta";
import type { EntityMeta, FieldMeta } from "../meta/types";

/** Records of another entity that refer to this one by that field. */
export interface Relation {
    entity: EntityMeta;
    field: FieldMeta;
}

/** Every list of records that refer to records of this entity and that the caller may read; those in `covered` are shown otherwise. */
export function relationsOf(meta: MetaIndex, entity: EntityMeta, covered: string[] = []): Relation[] {
    return meta.meta.entities
        .filter((other) => can(other, "list") && !covered.includes(other.name))
        .flatMap((other) => other.fields.filter((one) => one.kind === "reference" && !one.standard && one.reference?.entity === entity.name && one.operators.includes("eq")).map((field) => ({ entity: other, field })));
}

/** What the list is called: the entity's name, with the field's where two fields lead here; a reference to its own kind says what the other way is called. */
export function relationLabel(relation: Relation, all: Relation[]): string {
    const { entity, field } = relation;
    const isAmbiguous = all.filter((one) => one.entity.name === entity.name).length > 1;
    return field.reference?.inverse ?? (isAmbiguous ? `${entity.label.many} · ${field.label}` : entity.label.many);
}
