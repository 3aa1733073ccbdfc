import assert from "node:assert/strict";
import test from "node:test";
import { EventReader } from "../../src/kernel/stream/stream";

const text = 'retry: 2000\n\nid: a1\nevent: record.updated\ndata: {"type":"sales.lead","id":"7","version":3,"by":null}\n\n: alive\nid: a2\n\n';

test("events are read wherever the text is cut", () => {
    for (let cut = 0; cut <= text.length; cut++) {
        const reader = new EventReader();
        const changes = [...reader.take(text.slice(0, cut)), ...reader.take(text.slice(cut))];
        assert.deepEqual(changes, [{ event: "record.updated", type: "sales.lead", id: "7", version: 3, by: null }]);
        assert.equal(reader.position, "a2");
    }
});

test("what is no JSON is passed over", () => {
    const reader = new EventReader();
    assert.deepEqual(reader.take("event: x\ndata: {\n\n"), []);
});

test("a place counts only when its event is whole", () => {
    const reader = new EventReader();
    reader.take('id: a1\nevent: record.updated\ndata: {"id":"7"}\n\nid: a2\nevent: rec');
    assert.equal(reader.position, "a1");
    assert.equal(reader.take('ord.deleted\ndata: {"id":"8"}\n\n').length, 1);
    assert.equal(reader.position, "a2");
});
