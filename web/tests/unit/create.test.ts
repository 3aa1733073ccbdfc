import assert from "node:assert/strict";
import test from "node:test";
import { duplicateQuery } from "../../src/kernel/create/duplicateQuery";
import { amongFor, formFields, impliedBy, nameValues } from "../../src/kernel/create/formFields";
import { newId } from "../../src/kernel/create/newId";
import { conflictEntity, fieldOf } from "./recordEntity";

test("an id is a UUIDv7 of its millisecond", () => {
    const id = newId(0x0190_0000_0001, new Uint8Array(10).fill(0xff));
    assert.equal(id, "01900000-0001-7fff-bfff-ffffffffffff");
    assert.ok(newId() !== newId());
});

test("required fields come first, then the first form's and the board's; the rest is folded", () => {
    const { main, more } = formFields(conflictEntity);
    assert.deepEqual(main.map((one) => one.key), ["code", "title", "account_id", "amount", "stage_id"]);
    assert.deepEqual(more.map((one) => one.key), ["pipeline_id", "contact_id", "notes"]);
    assert.ok(formFields(conflictEntity, { contact_id: "c" }).main.some((one) => one.key === "contact_id"));
});

test("a stage brings its pipeline, a contact its account where none was chosen", () => {
    const contact = conflictEntity.fields.find((one) => one.key === "contact_id") ?? fieldOf("x");
    const row = { id: "c", type: "directory.contact", version: 1, account_id: "a" };
    assert.deepEqual(impliedBy(conflictEntity, contact, row, {}), { account_id: "a" });
    assert.deepEqual(impliedBy(conflictEntity, contact, row, { account_id: "b" }), {});
});

test("stages are those of the chosen pipeline", () => {
    const stage = { ...conflictEntity, name: "sales.stage", fields: [fieldOf("pipeline_id", "reference", { rules: { required: true, unique: false, read_only: false, immutable: true, min: null, max: null } })] };
    const field = fieldOf("stage_id", "reference");
    assert.deepEqual(amongFor(stage, field, { pipeline_id: "p" }), { pipeline_id: "p" });
    assert.equal(amongFor(stage, field, {}), undefined);
});

test("a typed name fills the fields that make up the name", () => {
    const person = { ...conflictEntity, fields: [fieldOf("first_name"), fieldOf("last_name")] };
    assert.deepEqual(nameValues(person, "Anna Maria Ricci"), { first_name: "Anna Maria", last_name: "Ricci" });
    assert.deepEqual(nameValues(conflictEntity, "GTX"), { title: "GTX" });
});

test("duplicates are asked for once enough was typed, without half an address", () => {
    const account = { ...conflictEntity, name: "directory.account" };
    assert.equal(duplicateQuery(account, { name: "Ho" }, { name: "Ho" }), null);
    assert.deepEqual(duplicateQuery(account, { name: "Hottechi", email: "a@b" }, { name: "Hottechi", email: "a@b" }), { name: "Hottechi" });
    assert.equal(duplicateQuery(conflictEntity, { title: "Hottechi" }, { title: "Hottechi" }), null);
});
