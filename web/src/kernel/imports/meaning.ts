import { api } from "../api/client";
import { labelOf } from "../meta/label";
import type { EntityMeta, FieldMeta } from "../meta/types";
import type { Row } from "../records/types";
import { matchChoices } from "./plan";

/** The field that a record is called by, where that is one field. */
export const labelField = (entity: EntityMeta): FieldMeta | undefined => matchChoices(entity).find((one) => one.key === "name" || one.key === "title");

/** The text by which a record is found in the way that the column is looked up. */
export function textFor(entity: EntityMeta | undefined, matchBy: string | null, row: Row): string {
    if (matchBy === "id") return row.id;
    const text = matchBy ? row[matchBy] : null;
    return typeof text === "string" && text ? text : labelOf(row, entity);
}

/** What an alias has to say so that it leads to the proposed record or choice. */
export async function meaningOf(field: FieldMeta, entity: EntityMeta | undefined, matchBy: string | null, proposal: { id: string; label: string }): Promise<string> {
    if (field.kind === "choice" || matchBy === "id") return proposal.id;
    if (!entity || !matchBy || matchBy === labelField(entity)?.key) return proposal.label;
    return textFor(entity, matchBy, await api.get<Row>(`/${entity.path}/${proposal.id}`));
}
