import assert from "node:assert/strict";
import test from "node:test";
import type { EntityMeta, FieldMeta } from "../../src/kernel/meta/types";
import { emptyQuery, fromParams, toAddress, toParams, wholeFilter, type ListQuery } from "../../src/kernel/collection/query";

const field = (key: string): FieldMeta => ({
    key, kind: "text", label: key, standard: false, writable: true, operators: [], sortable_by_index: false, searchable: false, default: null,
    rules: { required: false, unique: false, read_only: false, immutable: false, min: null, max: null },
});
const entity: EntityMeta = {
    name: "sales.opportunity", plugin: "sales", path: "opportunities", label: { one: "", many: "" }, permissions: { read: "", write: "" },
    operations: [], owner_field: null, searchable: true, states: null, logged_fields: [], views: [],
    fields: ["title", "amount", "stage_id", "closed_at", "owner_id"].map(field),
};
const read = (text: string) => fromParams(new URLSearchParams(text), entity);

test("an address with the API's own words opens those rows", () => {
    const query = read("stage_id=a1&closed_at[gte]=2026-01-01&owner_id[in]=x,y&amount[null]=false&sort=-amount,title&q=gtx&view=list&open=7");
    assert.deepEqual(query.filters, [
        { field: "stage_id", operator: "eq", value: "a1" },
        { field: "closed_at", operator: "gte", value: "2026-01-01" },
        { field: "owner_id", operator: "in", value: ["x", "y"] },
        { field: "amount", operator: "null", value: false },
    ]);
    assert.deepEqual(query.sort, [{ field: "amount", descending: true }, { field: "title", descending: false }]);
    assert.equal(query.q, "gtx");
    assert.equal(query.view, "list");
    assert.equal(toParams(query).toString(), new URLSearchParams("stage_id=a1&closed_at[gte]=2026-01-01&owner_id[in]=x,y&amount[null]=false&q=gtx&sort=-amount,title").toString());
});

test("words that are no field's are neither filters nor lost", () => {
    const query = read("group_by=stage_id&open=7&amount[lt]=5&nothing[gte]=1");
    assert.deepEqual(query.filters, [{ field: "amount", operator: "lt", value: "5" }]);
    const words = toAddress({ ...query, filters: [] }, new URLSearchParams("group_by=stage_id&open=7&amount[lt]=5"), entity);
    assert.equal(words.toString(), "group_by=stage_id&open=7");
});

test("groups go to and come from filter=", () => {
    const text = '{"any":[{"all":[["amount","gte",100000],["stage_id","eq","a"]]},["title","contains","gtx"]]}';
    const query = fromParams(new URLSearchParams({ filter: text }), entity);
    assert.deepEqual(query.advanced, {
        join: "any",
        parts: [
            { join: "all", parts: [{ field: "amount", operator: "gte", value: "100000" }, { field: "stage_id", operator: "eq", value: "a" }] },
            { field: "title", operator: "contains", value: "gtx" },
        ],
    });
    assert.equal(toParams(query).get("filter"), text.replace("100000", '"100000"'));
});

test("what one word can't say goes into filter=", () => {
    const query: ListQuery = {
        ...emptyQuery,
        filters: [
            { field: "title", operator: "contains", value: "a" },
            { field: "title", operator: "contains", value: "b" },
            { field: "title", operator: "in", value: ["Rossi, Bianchi"] },
        ],
    };
    const params = toParams(query);
    assert.equal(params.get("title[contains]"), "a");
    assert.equal(params.get("filter"), '{"all":[["title","contains","b"],["title","in",["Rossi, Bianchi"]]]}');
});

test("a condition without a value asks nothing", () => {
    const query: ListQuery = { ...emptyQuery, filters: [{ field: "title", operator: "contains", value: "" }, { field: "owner_id", operator: "in", value: [] }] };
    assert.equal(toParams(query).toString(), "");
    assert.equal(wholeFilter(query), null);
    assert.deepEqual(wholeFilter({ ...query, filters: [{ field: "amount", operator: "gt", value: "1" }] }), { all: [["amount", "gt", "1"]] });
});

test("columns keep their order and width", () => {
    const query = read("columns=title~280,amount");
    assert.deepEqual(query.columns, [{ key: "title", width: 280 }, { key: "amount", width: null }]);
    assert.equal(toAddress(query, new URLSearchParams(), entity).get("columns"), "title~280,amount");
});

test("an unreadable filter shows everything instead of failing", () => {
    assert.equal(read("filter=%7B").advanced, null);
    assert.deepEqual(read('filter=["amount","gt",5]').advanced, { join: "all", parts: [{ field: "amount", operator: "gt", value: "5" }] });
});
