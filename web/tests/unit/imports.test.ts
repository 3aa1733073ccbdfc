import assert from "node:assert/strict";
import test from "node:test";
import { alike } from "../../src/kernel/imports/alike";
import { formatChoices, formatName, numberFormat, readAs } from "../../src/kernel/imports/dates";
import { firstPlan, keyChoices, missing, same, toMapping, undecided } from "../../src/kernel/imports/plan";
import type { FileColumn, ImportDocument } from "../../src/kernel/imports/types";
import { clear, openColumns } from "../../src/kernel/imports/unmatched";
import type { EntityMeta, FieldKind, FieldMeta } from "../../src/kernel/meta/types";

const field = (key: string, kind: FieldKind, more: Partial<FieldMeta["rules"]> & { searchable?: boolean } = {}): FieldMeta => ({
    key, kind, label: key, standard: false, writable: true, default: null, operators: [], sortable_by_index: false, searchable: more.searchable ?? false,
    rules: { required: more.required ?? false, unique: more.unique ?? false, read_only: false, immutable: false, min: null, max: null },
});

const deals = {
    name: "deal", path: "deals", label: { one: "Deal", many: "Deals" },
    fields: [field("title", "text", { searchable: true }), field("code", "text", { unique: true }), field("product_id", "reference"), field("closed_on", "date"), field("amount", "money"), field("stage_id", "reference", { required: true }), field("priority", "choice")],
} as unknown as EntityMeta;

const column = (name: string, proposal: string | null, more: Partial<FileColumn> = {}): FileColumn => ({
    column: name, samples: [], kind: "text", format: null, ambiguous: false, alternatives: [], empty: 0, proposal: proposal ? { field: proposal, score: 1, ...(proposal.endsWith("_id") ? { match_by: "name" } : {}) } : null, ...more,
});

const file = {
    columns: [column("Code", "code"), column("Product", "product_id"), column("Closed", "closed_on", { ambiguous: true, alternatives: ["DD/MM/YYYY", "M/D/YYYY"] }), column("Notes", null)],
    mapping: null, unmatched: [], status: "analysed",
} as unknown as ImportDocument;

test("the first plan takes what is proposed, and meets records by what is unique", () => {
    const plan = firstPlan(deals, file);
    assert.equal(plan.key, "code");
    assert.equal(plan.onMatch, "update");
    assert.equal(plan.columns["Notes"]?.target, null);
    assert.deepEqual(missing(deals, plan).map((one) => one.key), ["stage_id"]);
    assert.deepEqual(undecided(deals, file, plan), ["Closed"]);
});

test("the mapping says only what means something for its field", () => {
    const plan = firstPlan(deals, file);
    const closed = plan.columns["Closed"];
    if (closed) Object.assign(closed, { format: "DD/MM/YYYY", matchBy: "name", unmatched: "create" });
    const mapping = toMapping(deals, file, { ...plan, constants: { stage_id: "x" } });
    assert.deepEqual(mapping.columns[2], { column: "Closed", field: "closed_on", format: "DD/MM/YYYY" });
    assert.deepEqual(mapping.columns[1], { column: "Product", field: "product_id", match_by: "name" });
    assert.deepEqual(mapping.columns[3], { column: "Notes", field: null });
    assert.deepEqual(mapping.constants, { stage_id: "x" });
    const back = firstPlan(deals, { ...file, mapping });
    assert.ok(same(toMapping(deals, file, back), mapping));
});

test("amounts in thousands stay so for the next file, and only where something is counted", () => {
    const revenue = { ...column("Revenue", "amount", { kind: "number" }), proposal: { field: "amount", score: 1, multiplier: 1_000 } };
    const plan = firstPlan(deals, { ...file, columns: [revenue] });
    assert.deepEqual(toMapping(deals, { ...file, columns: [revenue] }, plan).columns, [{ column: "Revenue", field: "amount", multiplier: 1_000 }]);
    const text = { ...plan, columns: { Revenue: { ...plan.columns["Revenue"]!, target: "title" } } };
    assert.deepEqual(toMapping(deals, { ...file, columns: [revenue] }, text).columns, [{ column: "Revenue", field: "title" }]);
});

test("a key that is no longer mapped makes every row a new record", () => {
    const plan = firstPlan(deals, file);
    const code = plan.columns["Code"];
    if (code) code.target = null;
    assert.deepEqual(keyChoices(deals, plan), []);
    const mapping = toMapping(deals, file, plan);
    assert.equal(mapping.key, undefined);
    assert.equal(mapping.on_match, "create");
});

test("values stay open until they are settled or their column means something else", () => {
    const plan = firstPlan(deals, file);
    const checked: ImportDocument = {
        ...file, mapping: toMapping(deals, file, plan),
        unmatched: [{ column: "Product", value: "GTXPro", count: 1480, proposals: [{ id: "1", label: "GTX Pro", score: 0.98 }] }, { column: "Product", value: "Foo", count: 2, proposals: [] }],
    };
    assert.equal(openColumns(deals, checked, plan)[0]?.rows, 1482);
    assert.deepEqual(clear(checked.unmatched).map((one) => one.value), ["GTXPro"]);
    const product = plan.columns["Product"];
    if (product) product.aliases["GTXPro"] = "GTX Pro";
    assert.deepEqual(openColumns(deals, checked, plan)[0]?.values.map((one) => one.value), ["Foo"]);
    if (product) product.matchBy = "sku";
    assert.deepEqual(openColumns(deals, checked, plan), []);
});

test("ways of writing dates are named in the language and read by their order", () => {
    assert.equal(formatName("DD/MM/YYYY HH:MM"), "GG/MM/AAAA OO:MM");
    assert.equal(formatName("1.234,56"), "1.234,56");
    assert.equal(readAs("03/04/2017", "DD/MM/YYYY"), "2017-04-03");
    assert.equal(readAs("03/04/17", "M/D/YY"), "2017-03-04");
    assert.equal(readAs("31/04/2017", "DD/MM/YYYY"), null);
    assert.deepEqual(formatChoices("date", "DD/MM/YYYY", ["DD/MM/YYYY", "M/D/YYYY"]), ["DD/MM/YYYY", "M/D/YYYY"]);
    assert.ok(formatChoices("date", "DD/MM/YYYY HH:MM", []).includes("YYYY-MM-DD HH:MM"));
});

test("faults that are alike are told once, with their lines", () => {
    const fault = (line: number, value: string) => ({ line, column: "A", value, code: "not_a_date", message: "No date." });
    assert.deepEqual(alike([fault(2, "x"), fault(3, "y"), fault(4, "y")]).map((one) => [one.value, one.lines]), [["y", [3, 4]], ["x", [2]]]);
});

test("numbers in a mixed column are read as most of them are written", () => {
    assert.equal(numberFormat(["1.234,50", "abc"]), "1.234,56");
    assert.equal(numberFormat(["12.000"]), "1.234,56");
    assert.equal(numberFormat(["1,234.50"]), "1,234.56");
    assert.equal(numberFormat(["12,5"]), "1234,56");
    assert.equal(numberFormat(["12.5", "n/a"]), "1234.56");
    assert.equal(numberFormat(["n/a"]), null);
});

test("texts that are no case of a choice are open too", () => {
    const withChoice = { ...file, columns: [...file.columns, column("Urgency", "priority")] } as ImportDocument;
    const plan = firstPlan(deals, withChoice);
    const checked: ImportDocument = { ...withChoice, mapping: toMapping(deals, withChoice, plan), errors: [2, 3].map((line) => ({ line, column: "Urgency", value: "asap", code: "not_a_choice", message: "" })) };
    assert.deepEqual(openColumns(deals, checked, plan).map((one) => [one.column, one.rows]), [["Urgency", 2]]);
});
