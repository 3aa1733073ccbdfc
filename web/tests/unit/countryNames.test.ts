import assert from "node:assert/strict";
import test from "node:test";
import { countries } from "../../src/app/settings/countryNames";

test("names the countries in the reader's language, in order, each once", () => {
    const italian = countries("it");
    assert.equal(italian.find((one) => one.code === "DE")?.name, "Germania");
    assert.equal(new Set(italian.map((one) => one.name)).size, italian.length);
    assert.ok(italian.length > 190 && italian.length < 260, String(italian.length));
    assert.ok(!italian.some((one) => ["EU", "UN", "UK", "DD", "ZZ"].includes(one.code)));
});
