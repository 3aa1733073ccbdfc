import assert from "node:assert/strict";
import test from "node:test";
import type { EntityMeta, FieldKind, FieldMeta } from "../../src/kernel/meta/types";
import { asksOf, isWhole, toClauses, toConditions, withAsk, type Clause } from "../../src/kernel/collection/filters/clauses";
import { clauseText } from "../../src/kernel/collection/filters/sentence";
import { periodText } from "../../src/kernel/collection/filters/periods";
import { emptyQuery, fromParams, toParams } from "../../src/kernel/collection/query";

const make = (key: string, kind: FieldKind): FieldMeta => ({
    key, kind, label: key, standard: false, writable: true, operators: ["eq", "null", ...(kind === "text" ? ["contains" as const] : [])], sortable_by_index: false, searchable: false, default: null,
    rules: { required: false, unique: false, read_only: false, immutable: false, min: null, max: null },
    ...(kind === "choice" ? { choices: [{ value: "P0", label: "Subito" }, { value: "P1", label: "Alta" }, { value: "P2", label: "Normale" }] } : {}),
});
const fields = [make("title", "text"), make("amount", "money"), make("stage_id", "reference"), make("closed_at", "instant"), make("priority", "choice"), make("is_rotting", "boolean")];
const entity = { name: "x", fields, views: [] } as unknown as EntityMeta;
const of = (key: string) => fields.find((one) => one.key === key) as FieldMeta;
const say = (clause: Clause) => clauseText(of(clause.field), clause, (id) => ({ a: "Vinta", b: "Persa" }[id])).replace(/\u00a0/g, " ");
const read = (text: string) => toClauses(fromParams(new URLSearchParams(text), entity).filters, entity);

test("conditions of one field become one span, and go back", () => {
    const clauses = read("amount[gte]=100000&priority=P0&amount[lte]=500000");
    assert.deepEqual(clauses, [{ field: "amount", ask: "between", values: ["100000", "500000"] }, { field: "priority", ask: "anyOf", values: ["P0"] }]);
    const words = toParams({ ...emptyQuery, filters: clauses.flatMap(toConditions) });
    assert.equal(words.toString(), new URLSearchParams("amount[gte]=100000&amount[lte]=500000&priority=P0").toString());
});

test("a span of days that ends before a day includes the day before it", () => {
    assert.deepEqual(read("closed_at[gte]=2026-01-01&closed_at[lt]=2026-04-01"), [{ field: "closed_at", ask: "between", values: ["2026-01-01", "2026-03-31"] }]);
});

test("chips read as sentences", () => {
    assert.equal(say({ field: "closed_at", ask: "within", values: ["this_quarter"] }), "questo trimestre");
    assert.equal(say({ field: "stage_id", ask: "anyOf", values: ["a", "b"] }), "Vinta, Persa");
    assert.equal(say({ field: "priority", ask: "anyOf", values: ["P0", "P1", "P2"] }), "Subito, Alta +1");
    assert.equal(say({ field: "stage_id", ask: "noneOf", values: ["a"] }), "non Vinta");
    assert.equal(say({ field: "amount", ask: "atLeast", values: ["100000"] }), "almeno 1.000 €");
    assert.equal(say({ field: "amount", ask: "between", values: ["100000", "500000"] }), "1.000 € – 5.000 €");
    assert.equal(say({ field: "amount", ask: "between", values: ["", "500000"] }), "al massimo 5.000 €");
    assert.equal(say({ field: "closed_at", ask: "between", values: ["2026-01-01", "2026-03-31"] }), "dal 01/01/2026 al 31/03/2026");
    assert.equal(say({ field: "title", ask: "contains", values: ["gtx"] }), "contiene «gtx»");
    assert.equal(periodText("30d"), "ultimi 30 giorni");
    assert.equal(periodText("next_7d"), "prossimi 7 giorni");
    assert.equal(periodText("1h"), "ultima ora");
});

test("every ask of a kind has conditions that read back as it", () => {
    for (const one of fields) {
        for (const ask of asksOf(one)) {
            const value = { money: "100", instant: "2026-01-02", choice: "P1", reference: "a" }[one.kind as string] ?? "x";
            const clause: Clause = { field: one.key, ask, values: ["yes", "no", "filled", "empty"].includes(ask) ? [] : ask === "between" ? [value, value] : ask === "within" ? ["30d"] : [value] };
            assert.deepEqual(toClauses(toConditions(clause), entity), [clause], `${one.key} ${ask}`);
        }
    }
});

test("a clause without a value waits", () => {
    assert.equal(isWhole({ field: "title", ask: "contains", values: [""] }), false);
    assert.deepEqual(toConditions({ field: "title", ask: "contains", values: [""] }), []);
    assert.deepEqual(withAsk({ field: "closed_at", ask: "within", values: ["30d"] }, "from"), { field: "closed_at", ask: "from", values: [] });
    assert.deepEqual(withAsk({ field: "amount", ask: "atLeast", values: ["5"] }, "atMost"), { field: "amount", ask: "atMost", values: ["5"] });
});
