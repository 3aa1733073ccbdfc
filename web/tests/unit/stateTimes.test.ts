import assert from "node:assert/strict";
import test from "node:test";
import { stateSeconds, type HistoryLine } from "../../src/kernel/record/stateTimes";

const line = (at: string, from: string | null, to: string): HistoryLine => ({ at: `2026-11-${at}:00Z`, changes: [{ field: "phone", from: null, to: "1" }, { field: "status", from, to }] });
const now = Date.parse("2026-11-20T12:00:00Z");
const day = 86_400;

test("the stays in a state are added, and the last one goes on", () => {
    const history = [line("19T12:00", "nurturing", "working"), line("16T12:00", "working", "nurturing"), line("12T12:00", "new", "working"), line("10T12:00", null, "new")];
    assert.deepEqual(stateSeconds(history, "status", "2026-11-10T12:00:00Z", now), { new: 2 * day, working: 5 * day, nurturing: 3 * day });
});

test("a history that doesn't tell of the beginning is read from the record's own", () => {
    assert.deepEqual(stateSeconds([line("12T12:00", "new", "working")], "status", "2026-11-11T12:00:00Z", now), { new: day, working: 8 * day });
    assert.deepEqual(stateSeconds([line("12T12:00", "new", "working")], "status", null, now), { working: 8 * day });
    assert.deepEqual(stateSeconds([], "status", "2026-11-11T12:00:00Z", now), {});
});
