import assert from "node:assert/strict";
import test from "node:test";
import { windowsText } from "../../src/kernel/fields/timeWindows";

test("days with the same hours stand together", () => {
    const windows = [1, 2, 3].map((day) => ({ day, from: "09:00", to: "13:00" }));
    assert.equal(windowsText(windows), "lun–mer 09:00–13:00");
    assert.equal(windowsText([...windows, { day: 5, from: "10:00", to: "12:00" }]), "lun–mer 09:00–13:00, ven 10:00–12:00");
    assert.equal(windowsText([]), "");
});
