import assert from "node:assert/strict";
import test from "node:test";
import { activityValues, isWritten } from "../../src/plugins/sales/activities/activityFields";
import { dueWords } from "../../src/plugins/sales/activities/due";
import { conversionBody, firstChoice, isChosen } from "../../src/plugins/sales/convert/conversion";
import { pathSteps } from "../../src/plugins/sales/stages/pathSteps";

const stage = (id: string, position: number, kind: string) => ({ id, type: "sales.stage", version: 1, name: id, position, kind });
const stages = [stage("new", 1, "open"), stage("talk", 2, "open"), stage("offer", 3, "open"), stage("won", 4, "won"), stage("lost", 5, "lost")];

test("stages before the open one are done, with the time spent in those that it was in", () => {
    const steps = pathSteps(stages, "talk", [{ stage_id: "new", seconds: 90_000, is_current: false }, { stage_id: "talk", seconds: 30, is_current: true }]);
    assert.deepEqual(steps.map((one) => one.state), ["done", "current", "open", "open", "open"]);
    assert.deepEqual(steps.map((one) => one.seconds), [90_000, null, null, null, null]);
});

test("of a closed deal only the stages that it was in are done", () => {
    const steps = pathSteps(stages, "won", [{ stage_id: "new", seconds: 90_000, is_current: false }, { stage_id: "won", seconds: 500, is_current: true }]);
    assert.deepEqual(steps.map((one) => one.state), ["done", "open", "open", "current", "open"]);
    assert.equal(steps[3]?.seconds, null);
});

const entry = { id: "1", kind: "note", text: "", subject: "", outcome: "", minutes: "", when: "" };
const record = { id: "d", type: "sales.opportunity", version: 1, contact_id: "c" };
const now = new Date("2026-11-21T10:00:00.000Z");
const toInstant = (local: string) => `${local}:00.000Z`;

test("a note's first line names it and it is done now", () => {
    const values = activityValues({ ...entry, text: "Prezzo discusso\nVuole lo sconto" }, record, "opportunity_id", toInstant, now);
    assert.deepEqual(values, { kind: "note", subject: "Prezzo discusso", opportunity_id: "d", contact_id: "c", notes: "Prezzo discusso\nVuole lo sconto", completed_at: now.toISOString() });
});

test("a task is due, and so is a visit that lies ahead; a call lasts its minutes", () => {
    assert.equal(activityValues({ ...entry, kind: "task", text: "Richiamare", when: "2026-11-22T09:00" }, record, "opportunity_id", toInstant, now)["due_at"], "2026-11-22T09:00:00.000Z");
    assert.equal("completed_at" in activityValues({ ...entry, kind: "visit", subject: "Sede", when: "2026-11-22T09:00" }, record, "opportunity_id", toInstant, now), false);
    assert.equal(activityValues({ ...entry, kind: "call", text: "Ok", minutes: "12" }, record, "opportunity_id", toInstant, now)["duration"], 720);
    assert.equal(isWritten(entry), false);
});

test("days near by are named", () => {
    assert.equal(dueWords("2026-11-22T10:00:00Z", "2026-11-21"), "domani");
    assert.equal(dueWords("2026-11-20T10:00:00Z", "2026-11-21"), "ieri");
});

const deal = { title: " GTX ", amount: 100, currency: "EUR", pipeline_id: null, product_id: null, expected_close_on: null };

test("a conversion names what was chosen and asks for what is new", () => {
    assert.deepEqual(conversionBody({ kind: "known", id: "a" }, { kind: "new" }, deal), { account_id: "a", create_contact: true, title: "GTX", amount: 100, amount_currency: "EUR" });
    assert.deepEqual(conversionBody({ kind: "new" }, null, { ...deal, title: "", amount: null }), { create_account: true, create_contact: true });
    assert.deepEqual(firstChoice([{ id: "a", label: "A", reason: "name" }]), { kind: "known", id: "a" });
    assert.equal(isChosen({ kind: "other", row: null }), false);
});
