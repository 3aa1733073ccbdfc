import assert from "node:assert/strict";
import test from "node:test";
import { addDays, addMonths, isDay, isLocalMinutes, isTime, readDay, readTime, weekday, weeksOf } from "../../src/design/dates";
import { dayOrder, dayPattern, fullDay, monthOf } from "../../src/kernel/format/calendar";
import { date } from "../../src/kernel/format/format";

const today = "2026-11-21";
const read = (text: string) => readDay(text, "dmy", today);

test("a date is read as the language writes it, with any separator and with few figures", () => {
    for (const text of ["07/03/2026", "7/3/2026", "7.3.26", "7-3-2026", "7 3 2026", "7. 3. 2026", "070326", "07032026", "2026-03-07", "2026/3/7"]) assert.equal(read(text), "2026-03-07", text);
    assert.equal(read("7/3"), "2026-03-07");
    assert.equal(readDay("3/7/2026", "mdy", today), "2026-03-07");
    assert.equal(readDay("3/7", "ymd", today), "2026-03-07");
    assert.equal(read("1/1/70"), "1970-01-01");
});

test("a month may be named in either language", () => {
    for (const text of ["7 mar", "7 marzo 2026", "7 Mar. 2026", "7 march", "March 7, 2026", "mar 7", "7th of March 2026", "sab 7 mar", "sabato 7 marzo 2026", "7-mar-26"]) assert.equal(read(text), "2026-03-07", text);
    assert.equal(read("1° sett 2027"), "2027-09-01");
    assert.equal(read("7 xyz"), null);
    assert.equal(read("7 mar 2026 alle 9"), null);
});

test("days near today have words", () => {
    assert.equal(read("oggi"), today);
    assert.equal(read("Today "), today);
    assert.equal(read("domani"), "2026-11-22");
    assert.equal(read("tomorrow"), "2026-11-22");
    assert.equal(read("ieri"), "2026-11-20");
    assert.equal(read("+3"), "2026-11-24");
    // Today is a Saturday: the next one is meant.
    assert.equal(read("sabato"), "2026-11-28");
    assert.equal(read("lunedì"), "2026-11-23");
    assert.equal(read("fri"), "2026-11-27");
});

test("what is no date is none", () => {
    for (const text of ["", "31/02/2026", "32/1/2026", "7/13/2026", "0/3/2026", "2026-02-30", "7", "abc", "7/3/202", "7/3/0026", "99999999"]) assert.equal(read(text), null, text);
    assert.equal(read("29/2/2028"), "2028-02-29");
    assert.equal(isDay("2026-02-30"), false);
    assert.equal(isDay("2026-2-3"), false);
    assert.equal(isLocalMinutes("2026-02-03T09:30"), true);
    assert.equal(isLocalMinutes("2026-02-03T"), false);
    assert.equal(isLocalMinutes("2026-02-03T24:00"), false);
});

test("a time of day is read as people type it", () => {
    for (const text of ["9:30", "09:30", "9.30", "930", "0930", "9h30", "9:30 am", "9:30\u202fAM", "9.30 a.m."]) assert.equal(readTime(text), "09:30", text);
    assert.equal(readTime("9"), "09:00");
    assert.equal(readTime("9 pm"), "21:00");
    assert.equal(readTime("12 am"), "00:00");
    assert.equal(readTime("12:15 pm"), "12:15");
    for (const text of ["", "24:00", "9:60", "13 pm", "abc", "9m", "12345"]) assert.equal(readTime(text), null, text);
    assert.equal(isTime("9:30"), false);
});

test("the calendar counts on over months, years and short months", () => {
    assert.equal(addDays("2026-12-31", 1), "2027-01-01");
    assert.equal(addMonths("2026-01-31", 1), "2026-02-28");
    assert.equal(addMonths("2026-01-15", -1), "2025-12-15");
    assert.equal(addMonths("2028-02-29", 12), "2029-02-28");
    assert.equal(weekday("2026-11-22"), 7);
    const weeks = weeksOf("2026-11-21", 1);
    assert.equal(weeks.length, 6);
    assert.equal(weeks[0]?.[0], "2026-10-26");
    assert.equal(weeksOf("2026-11-21", 7)[0]?.[0], "2026-11-01");
    assert.equal(weeksOf("2026-11-21", 6)[0]?.[0], "2026-10-31");
});

test("what is shown can be read again", () => {
    assert.equal(dayOrder(), "dmy");
    assert.equal(dayPattern(), "gg/mm/aaaa");
    assert.equal(date("2026-03-07"), "07/03/2026");
    assert.equal(read(date("2026-03-07")), "2026-03-07");
    assert.equal(read(fullDay("2026-03-07")), "2026-03-07");
    assert.equal(monthOf("2026-03-07"), "marzo 2026");
    assert.equal(date("7 marzo?"), "7 marzo?");
});
