import assert from "node:assert/strict";
import test from "node:test";
import * as format from "../../src/kernel/format/format";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

test("money is written with its groups, and with cents only where there are any", () => {
    assert.equal(plain(format.money(105_400, "USD")), "1.054 $");
    assert.equal(plain(format.money(105_450, "EUR")), "1.054,50 €");
    assert.equal(format.money(null, "EUR"), "—");
    assert.equal(plain(format.money(500, "JPY")), "500 ¥");
});

test("numbers are read as people type them", () => {
    assert.equal(format.parseNumber("1.234,50"), 1234.5);
    assert.equal(format.parseNumber("1,234.50"), 1234.5);
    assert.equal(format.parseNumber("1.234"), 1234);
    assert.equal(format.parseNumber("1234.5"), 1234.5);
    assert.equal(format.parseNumber("12,5"), 12.5);
    assert.equal(format.parseNumber("€ 1.000.000"), 1_000_000);
    assert.equal(format.parseNumber("−3"), -3);
    assert.equal(format.parseNumber("abc"), null);
    assert.equal(format.parseNumber(""), null);
});

test("instants are edited in the organization's zone, in summer and in winter", () => {
    assert.equal(format.localMinutes("2026-07-01T10:00:00.000Z"), "2026-07-01T12:00");
    assert.equal(format.fromLocalMinutes("2026-07-01T12:00"), "2026-07-01T10:00:00.000Z");
    assert.equal(format.fromLocalMinutes("2026-12-01T12:00"), "2026-12-01T11:00:00.000Z");
});

test("percent is written from basis points", () => {
    assert.equal(plain(format.percent(6320)), "63,2%");
});

test("the values of an axis are written in one unit, that of the largest", () => {
    const axis = [500_000, 1_000_000, 1_500_000].map((value) => plain(format.compact(value, 1_500_000)));
    assert.deepEqual(axis, ["0,5 Mln", "1 Mln", "1,5 Mln"]);
    assert.deepEqual([20, 40].map((value) => format.compact(value, 40)), ["20", "40"]);
    const [low, high] = [250_000, 750_000].map((value) => plain(format.compact(value, 750_000)).replace(/[\d.,]/g, ""));
    assert.equal(low, high);
});
