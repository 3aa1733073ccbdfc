import assert from "node:assert/strict";
import test from "node:test";
import type { Bucket, Ranked } from "../../src/plugins/sales/dashboard/answer";
import { bucketLabel, bucketTitle } from "../../src/plugins/sales/dashboard/bucketLabel";
import { compare } from "../../src/plugins/sales/dashboard/compare";
import { csv, decimal } from "../../src/plugins/sales/dashboard/csv";
import { ranked } from "../../src/plugins/sales/dashboard/measure";
import { beforeKey, questionParams, readQuestion } from "../../src/plugins/sales/dashboard/question";

test("a file's cells are quoted, numbers have a point, formulas are made harmless", () => {
    assert.equal(csv([["Nome", "Valore"], ['Bianchi, "Ugo"', 1234.5], ["=1+1", null], ["a\nb", -3]]), 'Nome,Valore\r\n"Bianchi, ""Ugo""",1234.5\r\n\'=1+1,\r\n"a\nb",-3\r\n');
    assert.equal(decimal(123450, 2), 1234.5);
    assert.equal(decimal(500, 0), 500);
});

test("comparisons say it in words and tell good from bad", () => {
    assert.deepEqual(compare(105, 100, "share", "sul mese prima"), { text: "+5% sul mese prima", tone: "good" });
    assert.deepEqual(compare(6180, 6320, "points", ""), { text: "−1,4 punti", tone: "bad" });
    assert.deepEqual(compare(45 * 86_400, 48 * 86_400, "days", "", true), { text: "−3 giorni", tone: "good" });
    assert.deepEqual(compare(86_400, 0, "days", "", true), { text: "+1 giorno", tone: "bad" });
    assert.equal(compare(5, null, "share", "").tone, "plain");
    assert.equal(compare(5, 5, "share", "").tone, "plain");
    assert.equal(compare(5, 0, "share", "").tone, "good");
});

test("the address says what is asked; what can't be is left out", () => {
    assert.equal(questionParams(readQuestion(new URLSearchParams("period=this_year&owner_id=1&open=2"))).toString(), "period=this_year&owner_id=1");
    assert.equal(questionParams(readQuestion(new URLSearchParams("from=2017-01-01&to=2017-03-31&period=all"))).toString(), "from=2017-01-01&to=2017-03-31");
    assert.equal(questionParams(readQuestion(new URLSearchParams("from=2017-05-01&to=2017-03-31"))).toString(), "");
    assert.equal(questionParams(readQuestion(new URLSearchParams("period=never"))).toString(), "");
    assert.equal(beforeKey("last_quarter"), "than_quarter");
    assert.equal(beforeKey(null), "than_span");
});

test("buckets are called by their unit", () => {
    const bucket = (from: string): Bucket => ({ from, to: from, label: from, count: 0, previous_count: null, value: [], filter: "" });
    const months = [bucket("2016-12-01"), bucket("2017-01-01"), bucket("2017-02-01")];
    assert.deepEqual(months.map((one) => bucketLabel(one, "month", months)), ["dic 16", "gen 17", "feb 17"]);
    assert.equal(bucketLabel(bucket("2017-04-01"), "quarter", [bucket("2017-04-01")]), "T2");
    assert.equal(bucketTitle(bucket("2017-03-01"), "month"), "marzo 2017");
});

test("the largest come first", () => {
    const one = (label: string, count: number, value: number, win_rate: number | null): Ranked => ({ label, count, value: [{ currency: "EUR", value, previous: null, filter: "" }], win_rate, filter: label });
    const all = [one("a", 3, 10, null), one("b", 1, 30, 9000), one("c", 2, 20, 9000)];
    assert.deepEqual(ranked(all, "value").map((each) => each.label), ["b", "c", "a"]);
    assert.deepEqual(ranked(all, "count").map((each) => each.label), ["a", "c", "b"]);
    assert.deepEqual(ranked(all, "win_rate").map((each) => each.label), ["b", "c", "a"]);
});
