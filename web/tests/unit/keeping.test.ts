import assert from "node:assert/strict";
import test from "node:test";
import { isKeepable, keyOf, pathsOf } from "../../src/kernel/api/keeping";

const paths = pathsOf(JSON.stringify({ entities: [{ plugin: "sales", path: "leads" }, { plugin: "tenancy", path: "api-keys" }] }));
const at = (path: string) => new URL(path, "https://x.example/api/v1/");

test("records, lists, metadata and the profile are kept, and nothing else", () => {
    for (const path of ["me", "meta", "leads", "leads?limit=50", "leads/7", "leads/7/history", "leads/aggregate?measures=count"]) assert.equal(isKeepable(at(path), paths), true, path);
    for (const path of ["me/sessions", "api-keys", "audit", "auth/sessions", "stream", "search?q=x", "leads/export?format=csv", "imports/1", "jobs", "settings"]) assert.equal(isKeepable(at(path), paths), false, path);
});

test("organizations are kept apart", () => {
    assert.ok(keyOf(at("leads"), "a") !== keyOf(at("leads"), "b"));
    assert.equal(keyOf(at("me"), "a"), keyOf(at("me"), null));
});
