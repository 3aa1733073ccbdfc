import assert from "node:assert/strict";
import test from "node:test";
import type { EntityMeta, FieldMeta } from "../../src/kernel/meta/types";
import { conflictEntity } from "./recordEntity";
import { chosenMine, disagreements } from "../../src/kernel/record/conflictFields";
import { relationLabel } from "../../src/kernel/record/related";
import { readableChanges, secondsInState } from "../../src/kernel/record/timeline/changes";
import { gathered } from "../../src/kernel/record/timeline/gather";
import { furthestBehind, merged } from "../../src/kernel/record/timeline/merge";
import type { Moment } from "../../src/kernel/record/timeline/moment";
import { step } from "../../src/kernel/record/walk";
import type { Row } from "../../src/kernel/records/types";

const at = (...times: string[]) => times.map((time) => ({ at: time }));

test("moments of several sources are shown only as far back as all were read", () => {
    const stretches = [{ items: at("9", "7", "5"), next: "more" }, { items: at("8", "6", "4", "2"), next: null }];
    assert.deepEqual(merged(stretches).map((one) => one.at), ["9", "8", "7", "6", "5"]);
    assert.deepEqual(furthestBehind(stretches), [0]);
    assert.deepEqual(merged([{ items: at("9"), next: null }, { items: [], next: null }]).map((one) => one.at), ["9"]);
});

test("of two unfinished sources the one that ends later is read on", () => {
    assert.deepEqual(furthestBehind([{ items: at("9", "3"), next: "a" }, { items: at("8", "6"), next: "b" }]), [1]);
});

test("what the server works out is no change that a person made, and a currency stands with its amount", () => {
    const changes = readableChanges(conflictEntity, [
        { field: "amount", label: "Importo", from: null, to: 100 },
        { field: "amount_currency", label: "Valuta", from: null, to: "EUR" },
        { field: "stage_since", label: "Dal", from: null, to: "2026-01-01T00:00:00Z" },
        { field: "gone", label: "Tolto", from: "a", to: "b" },
    ]);
    assert.deepEqual(changes.map((one) => one.key), ["amount", "gone"]);
    assert.equal(changes[0]?.to["amount_currency"], "EUR");
    assert.equal(changes[0]?.isEmptyBefore, true);
});

test("the history says how long the former stage lasted", () => {
    assert.equal(secondsInState([{ field: "stage_since", label: "", from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" }]), 86_400);
    assert.equal(secondsInState([{ field: "title", label: "", from: null, to: "x" }]), null);
});

const edit = (time: string, who: string, field: string, from: string | null, to: string): Moment => ({ at: time, type: "x", id: "1", label: null, kind: "updated", by: { kind: "user", id: who, name: who }, changes: [{ field, label: field, from, to }] });

test("what one person changed in one go is one moment", () => {
    const all = gathered([edit("2026-01-01T10:05:00Z", "a", "title", "B", "C"), edit("2026-01-01T10:01:00Z", "a", "title", "A", "B"), edit("2026-01-01T10:00:00Z", "b", "title", null, "A")], () => false);
    assert.equal(all.length, 2);
    assert.deepEqual(all[0]?.changes?.map((one) => [one.from, one.to]), [["A", "C"]]);
});

test("a step of the stage stays a moment of its own", () => {
    const all = gathered([edit("2026-01-01T10:01:00Z", "a", "title", "A", "B"), edit("2026-01-01T10:00:00Z", "a", "stage_id", "1", "2")], (change) => change.field === "stage_id");
    assert.equal(all.length, 2);
});

test("J and K walk the list and end at its ends", () => {
    const walk = { ids: ["a", "b", "c"], address: "/o/x/y" };
    assert.equal(step(walk, "b", 1), "c");
    assert.equal(step(walk, "a", -1), null);
    assert.equal(step(walk, "z", 1), null);
    assert.equal(step(null, "a", 1), null);
});

test("a conflict names each field once, and saves an amount with its currency", () => {
    const before = { id: "1", type: "x", version: 1, amount: 1, amount_currency: "EUR", title: "A" } as Row;
    const conflict = { entity: conflictEntity, before, current: { ...before, version: 2, amount: 2, title: "B" } as Row, mine: { amount: 3, amount_currency: "USD", title: "" } };
    const fields = disagreements(conflict);
    assert.deepEqual(fields.map((one) => one.key), ["amount", "title"]);
    assert.equal(fields[1]?.mine.isEmptyAfter, true);
    assert.deepEqual(chosenMine(conflict.mine, new Set(["amount"])), { amount: 3, amount_currency: "USD" });
});

test("a relation names its field only where it would be mistaken", () => {
    const entity = { name: "a", label: { one: "Azienda", many: "Aziende" } } as EntityMeta;
    const relation = { entity, field: { key: "parent_id", label: "Controllante" } as FieldMeta };
    const named = { entity, field: { ...relation.field, reference: { entity: "a", path: "a", include: null, inverse: "Controllate" } } };
    assert.equal(relationLabel(relation, [relation, relation]), "Aziende · Controllante");
    assert.equal(relationLabel(relation, [relation]), "Aziende");
    assert.equal(relationLabel(named, [named]), "Controllate");
});
