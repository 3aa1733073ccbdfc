import assert from "node:assert/strict";
import test from "node:test";
import { dealt, type BulkAction } from "../../src/kernel/collection/bulk/dealt";

const run = () => undefined;
const actions: BulkAction[] = ["all", "group", "owner", "field", "delete"].map((key) => ({ key, label: key, run, ...(key === "delete" ? { danger: true } : {}) }));
const keys = (some: BulkAction[]) => some.map((one) => one.key);

test("what the bar has no room for stands in its menu, nothing twice and nothing lost", () => {
    for (const room of [1, 2, 3, 4, 5]) {
        const { shown, more } = dealt(actions, room);
        assert.equal(shown.length, room);
        assert.deepEqual([...keys(shown), ...keys(more)].sort(), keys(actions).sort());
    }
    assert.deepEqual(keys(dealt(actions, 5).more), []);
});

test("a phone's bar offers what is done with the records, and never deleting by itself", () => {
    assert.deepEqual(keys(dealt(actions, 1).shown), ["group"]);
    assert.deepEqual(keys(dealt(actions.filter((one) => ["all", "delete"].includes(one.key)), 1).shown), []);
});
