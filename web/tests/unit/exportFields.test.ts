import test from "node:test";
import assert from "node:assert/strict";
import { exportFields } from "../../src/kernel/collection/exportFields";
import type { EntityMeta, FieldMeta } from "../../src/kernel/meta/types";

const field = (key: string, kind: FieldMeta["kind"], include?: string | null): FieldMeta => ({
    key, kind, label: key, standard: false, rules: { required: false, unique: false, read_only: false, immutable: false, min: null, max: null },
    default: null, writable: true, operators: [], sortable_by_index: false, searchable: false,
    ...(include === undefined ? {} : { reference: { entity: "directory.account", path: "accounts", include } }),
});

const entity: Pick<EntityMeta, "fields"> = {
    fields: [
        field("title", "text"), field("amount", "money"), field("amount_currency", "currency"), field("account_id", "reference", "account"),
        field("stage", "text"), field("stage_id", "reference", "stage"), field("created_by", "reference", null),
    ],
};

test("a table has the shown columns in the shown order, references by name", () => {
    assert.deepEqual(exportFields(entity, ["amount", "account_id", "title"], "csv"), ["amount", "account", "title"]);
    assert.deepEqual(exportFields(entity, ["created_by", "stage_id"], "xlsx"), ["created_by_label", "stage_id_label"]);
});

test("JSON has ids, and a currency beside each amount", () => {
    assert.deepEqual(exportFields(entity, ["amount", "account_id", "amount_currency"], "json"), ["amount", "amount_currency", "account_id"]);
});
