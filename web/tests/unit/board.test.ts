import assert from "node:assert/strict";
import test from "node:test";
import { cardFace } from "../../src/kernel/board/cardFace";
import { columnKey } from "../../src/kernel/board/columns";
import { edgeSpeed } from "../../src/kernel/board/drag";
import { appended, compareBy, emptyLane, laneOf, placed, placeOf, removed, reread, type Lanes } from "../../src/kernel/board/lanes";
import { orderedSums, readTotals, shifted } from "../../src/kernel/board/totals";
import type { EntityMeta } from "../../src/kernel/meta/types";
import type { Row } from "../../src/kernel/records/types";

const row = (id: string, more: Record<string, string | number | null> = {}): Row => ({ id, type: "x", version: 1, ...more });
const lanes = (): Lanes => ({ a: { ids: ["1", "2", "3"], next: null, state: "ready" }, b: { ids: [], next: null, state: "ready" } });

test("a card stands in one column only", () => {
    const moved = placed(lanes(), "2", "b", 0);
    assert.deepEqual([moved["a"]?.ids, moved["b"]?.ids], [["1", "3"], ["2"]]);
    assert.equal(laneOf(moved, "2"), "b");
    assert.equal(laneOf(removed(moved, "2"), "2"), undefined);
});

test("a page brings only what is not on the board", () => {
    const after = appended(lanes(), "b", ["3", "4"], "next");
    assert.deepEqual(after["b"], { ids: ["4"], next: "next", state: "ready" });
});

test("a column that was read anew has what stands there now, which stands nowhere else", () => {
    const after = reread(lanes(), "b", ["3", "9"], "next");
    assert.deepEqual([after["a"]?.ids, after["b"]], [["1", "2"], { ids: ["3", "9"], next: "next", state: "ready" }]);
});

test("a card goes where the order wants it", () => {
    const rows: Record<string, Row> = { "1": row("1", { amount: 30 }), "2": row("2", { amount: 20 }), "3": row("3", { amount: null }) };
    const get = (id: string) => rows[id];
    const compare = compareBy("-amount");
    assert.equal(placeOf(lanes()["a"] ?? emptyLane, row("9", { amount: 25 }), compare, get), 1);
    assert.equal(placeOf(lanes()["a"] ?? emptyLane, row("0", { amount: null }), compare, get), 3);
    assert.equal(placeOf({ ids: ["1"], next: "more", state: "ready" }, row("9", { amount: 1 }), compare, get), null);
});

test("without an order the newest come first", () => {
    assert.ok(compareBy("")(row("2"), row("1")) < 0);
    assert.ok(compareBy("title")(row("1", { title: null }), row("2", { title: "a" })) > 0);
});

test("records without a value have a column", () => {
    assert.equal(columnKey(row("1", { status: null }), "status"), "none");
    assert.equal(columnKey(row("1", { status: "new" }), "status"), "new");
});

test("totals are summed over currencies and change with a move", () => {
    const totals = readTotals([
        { group: { stage_id: "w" }, label: "Won", count: 3, amount_currency: "EUR", sum_amount: 100 },
        { group: { stage_id: "w" }, label: "Won", count: 2, amount_currency: "USD", sum_amount: 900 },
        { group: { stage_id: null }, label: null, count: 1, amount_currency: "EUR", sum_amount: null },
    ], "stage_id", "amount");
    assert.deepEqual(totals, { w: { count: 5, sums: { EUR: 100, USD: 900 } }, none: { count: 1, sums: {} } });
    assert.deepEqual(orderedSums(totals["w"] ?? { count: 0, sums: {} }, "EUR"), [{ currency: "EUR", value: 100 }, { currency: "USD", value: 900 }]);
    assert.deepEqual(shifted(totals["w"], -1, 40, "EUR"), { count: 4, sums: { EUR: 60, USD: 900 } });
    assert.deepEqual(shifted(undefined, 1, null, null), { count: 1, sums: {} });
});

test("lists scroll near their edges only", () => {
    assert.equal(edgeSpeed(300, 0, 600), 0);
    assert.ok(edgeSpeed(10, 0, 600) < 0);
    assert.ok(edgeSpeed(595, 0, 600) > 0);
});

test("a card has a place for every chosen field", () => {
    const plain = { standard: false, writable: true, operators: [], sortable_by_index: false, searchable: false, default: null, rules: { required: false, unique: false, read_only: false, immutable: false, min: null, max: null } };
    const entity: EntityMeta = {
        name: "sales.opportunity", plugin: "sales", path: "opportunities", label: { one: "", many: "" }, permissions: { read: "", write: "" }, operations: [], owner_field: null, searchable: true, states: null, logged_fields: [], views: [],
        fields: [
            { ...plain, key: "title", kind: "text", label: "Titolo" },
            { ...plain, key: "account_id", kind: "reference", label: "Azienda", reference: { entity: "directory.account", path: "accounts", include: "account" } },
            { ...plain, key: "owner_id", kind: "reference", label: "Agente", reference: { entity: "kernel.member", path: "members", include: "owner" } },
            { ...plain, key: "amount", kind: "money", label: "Valore" },
            { ...plain, key: "priority", kind: "choice", label: "Priorità", choices: [{ value: "P1", label: "Alta" }] },
            { ...plain, key: "is_rotting", kind: "boolean", label: "Ferma" },
        ],
    };
    const deal: Row = {
        ...row("1", { title: "GTX Pro", account_id: "a", owner_id: "o", amount: 482100, amount_currency: "EUR", priority: "P1" }),
        account: row("a", { name: "Hottechi" }), owner: row("o", { name: "Moses Frase" }), is_rotting: true, stage_since: new Date(Date.now() - 94 * 86_400_000).toISOString(),
    };
    const face = cardFace(entity, ["title", "account_id", "amount", "owner_id", "priority", "is_rotting"], deal);
    assert.equal(face.title, "GTX Pro");
    assert.equal(face.line, "Hottechi · Alta");
    assert.equal(face.amount.replace(/\s/g, " "), "4.821 €");
    assert.equal(face.person, "Moses Frase");
    assert.equal(face.rotting, "94 g");
});
