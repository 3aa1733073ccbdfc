import assert from "node:assert/strict";
import test from "node:test";
import { Cursors } from "../../src/kernel/collection/rows/Cursors";
import { scrollTo, Slots, visibleRange } from "../../src/kernel/collection/rows/windowing";
import { clampWidth, moveColumn, tracks } from "../../src/kernel/collection/columns";
import { isSelected, nothingSelected, select, selectAll, selectedCount, toggle } from "../../src/kernel/collection/selection";

test("a window in 200,000 rows shows a handful of them", () => {
    assert.deepEqual(visibleRange(0, 700, 38, 200_000, 6), { first: 0, end: 25 });
    assert.deepEqual(visibleRange(3_800_000, 700, 38, 200_000, 6), { first: 99_994, end: 100_025 });
    assert.deepEqual(visibleRange(7_599_300, 700, 38, 200_000, 6), { first: 199_975, end: 200_000 });
    assert.deepEqual(visibleRange(500, 700, 38, 0, 6), { first: 0, end: 0 });
});

test("elements are used again", () => {
    const slots = new Slots();
    const first = slots.assign([0, 1, 2]);
    assert.deepEqual(first.map((one) => one.slot), [0, 1, 2]);
    const next = slots.assign([1, 2, 3]);
    assert.deepEqual(next, [{ row: 1, slot: 1 }, { row: 2, slot: 2 }, { row: 3, slot: 0 }]);
    assert.ok(Math.max(...slots.assign([1, 900, 901]).map((one) => one.slot)) <= 2);
});

test("a row comes into sight by the shortest way", () => {
    assert.equal(scrollTo(5, 0, 380, 38), null);
    assert.equal(scrollTo(10, 0, 380, 38), 38);
    assert.equal(scrollTo(2, 190, 380, 38), 76);
});

test("a page begins at the last cursor before a row", () => {
    const cursors = new Cursors();
    cursors.set(2000, "c");
    cursors.set(100, "a");
    cursors.set(1000, "b");
    assert.deepEqual(cursors.before(50), { start: 0, cursor: null });
    assert.deepEqual(cursors.before(1000), { start: 1000, cursor: "b" });
    assert.deepEqual(cursors.before(1999), { start: 1000, cursor: "b" });
    cursors.shift(500, -1);
    assert.deepEqual(cursors.before(999), { start: 999, cursor: "b" });
    assert.deepEqual(cursors.before(150), { start: 100, cursor: "a" });
});

test("columns move, and keep within their bounds", () => {
    assert.deepEqual(moveColumn(["a", "b", "c"], 0, 2), ["b", "c", "a"]);
    assert.deepEqual(moveColumn(["a", "b", "c"], 2, 0), ["c", "a", "b"]);
    assert.equal(clampWidth(3), 72);
    assert.deepEqual(tracks([{ width: 280, isFixed: false }, { width: 100, isFixed: true }], [44]), { template: "44px minmax(280px, 1fr) 100px", width: 424 });
    assert.deepEqual(tracks([{ width: 280, isFixed: true }], []), { template: "280px minmax(0, 1fr)", width: 280 });
});

test("all that match can be chosen, save some", () => {
    const some = select(nothingSelected, ["a", "b"], true);
    assert.equal(selectedCount(some, 8800), 2);
    assert.equal(isSelected(toggle(some, "a"), "a"), false);
    const all = toggle(selectAll, "a");
    assert.equal(selectedCount(all, 8800), 8799);
    assert.equal(isSelected(all, "a"), false);
    assert.equal(isSelected(all, "b"), true);
    assert.equal(isSelected(select(all, ["a"], true), "a"), true);
});
