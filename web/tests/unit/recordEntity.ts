import type { EntityMeta, FieldMeta } from "../../src/kernel/meta/types";

/** A field as `/meta` describes it, for tests. */
export function fieldOf(key: string, kind: FieldMeta["kind"] = "text", more: Partial<FieldMeta> = {}): FieldMeta {
    return {
        key, kind, label: key, standard: false, rules: { required: false, unique: false, read_only: false, immutable: false, min: null, max: null },
        default: null, writable: true, operators: ["eq"], sortable_by_index: false, searchable: false, ...more,
    };
}

const computed = { rules: { required: false, unique: false, read_only: true, immutable: false, min: null, max: null }, writable: false };

/** A deal, as far as these tests need it. */
export const conflictEntity: EntityMeta = {
    name: "sales.opportunity", plugin: "sales", path: "opportunities", label: { one: "Opportunità", many: "Opportunità" },
    permissions: { read: "r", write: "w" }, operations: ["list", "get", "create", "update"], owner_field: "owner_id", searchable: true, states: null, logged_fields: [],
    fields: [
        fieldOf("title"),
        fieldOf("account_id", "reference", { reference: { entity: "directory.account", path: "accounts", include: "account" } }),
        fieldOf("contact_id", "reference", { reference: { entity: "directory.contact", path: "contacts", include: "contact" } }),
        fieldOf("pipeline_id", "reference", { reference: { entity: "sales.pipeline", path: "pipelines", include: "pipeline" } }),
        fieldOf("stage_id", "reference", { reference: { entity: "sales.stage", path: "stages", include: "stage" } }),
        fieldOf("amount", "money"), fieldOf("amount_currency", "currency"),
        fieldOf("code", "text", { rules: { required: true, unique: true, read_only: false, immutable: false, min: null, max: null } }),
        fieldOf("notes", "long_text"),
        fieldOf("stage_since", "instant", computed),
    ],
    views: [
        { form: "board", fields: ["title"], group_by: "stage_id", sort: null, title: null },
        { form: "form", fields: ["title", "account_id", "amount"], group_by: null, sort: null, title: "Trattativa" },
        { form: "form", fields: ["pipeline_id", "stage_id"], group_by: null, sort: null, title: "Avanzamento" },
    ],
};
