import assert from "node:assert/strict";
import test from "node:test";
import { mergeEdit, newAbout } from "../../src/kernel/records/keptEdits";

const row = { id: "1", type: "sales.lead", version: 4, company: "Acme", score: 10, notes: null };
const edit = (set: Record<string, string | number | null>, before = row) => ({ entity: "sales.lead", before, set, label: "Acme", at: "2026-01-01T00:00:00.000Z" });

test("edits of one record become one, on what stood there first", () => {
    let edits = mergeEdit([], edit({ company: "Acme 2" }));
    edits = mergeEdit(edits, edit({ company: "Acme 3", score: 12 }, { ...row, company: "Acme 2" }));
    edits = mergeEdit(edits, edit({ company: "B" }, { ...row, id: "2" }));
    assert.equal(edits.length, 2);
    assert.deepEqual(edits[0]?.set, { company: "Acme 3", score: 12 });
    assert.deepEqual(edits[0]?.before, { id: "1", type: "sales.lead", version: 4, company: "Acme", score: 10 });
});

test("what is put back is no edit", () => {
    const edits = mergeEdit(mergeEdit([], edit({ notes: "x", company: "B" })), edit({ notes: null }));
    assert.deepEqual(edits[0]?.set, { company: "B" });
    assert.deepEqual(mergeEdit(edits, edit({ company: "Acme" })), []);
});

test("what was written down about a record is found by the reference", () => {
    const note = { ...edit({ subject: "Chiamata", lead_id: "1" }), id: "9", isNew: true as const };
    assert.deepEqual(newAbout([...mergeEdit([], edit({ company: "1" }, { ...row, id: "3" })), note], "1"), [note]);
    assert.deepEqual(newAbout([note], "2"), []);
});
