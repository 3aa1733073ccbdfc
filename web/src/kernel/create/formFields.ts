import { view } from "../meta/meta";
import { compared } from "./duplicateQuery";
import type { EntityMeta, FieldMeta } from "../meta/types";
import type { Row, Value } from "../records/types";

/** Kinds that have no editor: they belong to another field, or are written by machines. */
const withoutEditor = ["currency", "json", "ids"];

/** Whether the person can give this field a value. */
export const isEditable = (field: FieldMeta): boolean =>
    field.writable && !field.standard && !field.rules.read_only && !withoutEditor.includes(field.kind);

/**
 * The fields of the dialog that makes a record: `main` is what is required, what the first form has, what the board sorts by, what tells duplicates and what the caller has set; `more` is folded away.
 */
export function formFields(entity: EntityMeta, initial: Record<string, Value> = {}): { main: FieldMeta[]; more: FieldMeta[] } {
    const forms = entity.views.filter((one) => one.form === "form");
    const inForms = forms.flatMap((one) => one.fields);
    const inFirst = forms[0]?.fields ?? [];
    const ordered = [...new Set([...inForms, ...entity.fields.map((one) => one.key)])];
    const editable = ordered.map((key) => entity.fields.find((one) => one.key === key)).filter((one): one is FieldMeta => !!one && isEditable(one));
    const board = view(entity, "board")?.group_by;
    const isMain = (one: FieldMeta) => one.rules.required || inFirst.includes(one.key) || one.key === board || one.key in initial || (one.kind !== "address" && (compared[entity.name] ?? []).includes(one.key));
    const main = editable.filter(isMain);
    return { main: [...main.filter((one) => one.rules.required), ...main.filter((one) => !one.rules.required)], more: editable.filter((one) => !isMain(one)) };
}

/** What choosing a record says of other fields: a stage's pipeline, a contact's account where none was set. */
export function impliedBy(entity: EntityMeta, chosen: FieldMeta, target: Row | null, values: Record<string, Value>): Record<string, Value> {
    const implied: Record<string, Value> = {};
    if (!target) return implied;
    for (const field of entity.fields) {
        if (field.key === chosen.key || field.kind !== "reference" || field.key === "owner_id" || !isEditable(field)) continue;
        const value = target[field.key];
        if (typeof value === "string" && (values[field.key] ?? null) === null) implied[field.key] = value;
    }
    return implied;
}

/** What a reference can be, given the other fields: the stages of the pipeline that is chosen. */
export function amongFor(target: EntityMeta | undefined, field: FieldMeta, values: Record<string, Value | Row | undefined>): Record<string, string> | undefined {
    const owner = target?.fields.find((one) => one.kind === "reference" && one.rules.required && one.key !== field.key && typeof values[one.key] === "string");
    return owner ? { [owner.key]: values[owner.key] as string } : undefined;
}

/** A typed name as the fields that make up the name of such a record. */
export function nameValues(entity: EntityMeta, text: string): Record<string, Value> {
    const has = (key: string) => entity.fields.some((one) => one.key === key && isEditable(one));
    if (has("first_name") && has("last_name")) {
        const at = text.lastIndexOf(" ");
        return at < 0 ? { last_name: text } : { first_name: text.slice(0, at), last_name: text.slice(at + 1) };
    }
    const key = ["name", "title", "subject", "label"].find(has);
    return key ? { [key]: text } : {};
}
