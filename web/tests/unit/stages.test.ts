import assert from "node:assert/strict";
import test from "node:test";
import type { Row } from "../../src/kernel/records/types";
import { misplaced, moved, movedTo, ordered } from "../../src/plugins/sales/start/stages";

const stage = (id: string, position: number, kind = "open"): Row => ({ id, type: "sales.stage", version: 1, position, kind });
const all = ordered([stage("lost", 5, "lost"), stage("b", 2), stage("a", 1), stage("won", 4, "won"), stage("new", 9)]);
const ids = (stages: Row[] | null) => stages?.map((one) => one.id).join(" ");

test("open stages stand before those that close a deal", () => {
    assert.equal(ids(all), "a b new won lost");
    assert.deepEqual(misplaced(all).map(({ stage: one, position }) => [one.id, position]), [["new", 3]]);
});

test("a stage moves among the open ones only", () => {
    assert.equal(ids(moved(all, "a", 1)), "b a new won lost");
    assert.equal(moved(all, "a", -1), null);
    assert.equal(moved(all, "new", 1), null);
    assert.equal(moved(all, "won", -1), null);
    assert.equal(ids(movedTo(all, "a", 2)), "b new a won lost");
    assert.equal(misplaced(moved(all, "a", 1) ?? []).length, 3);
});
