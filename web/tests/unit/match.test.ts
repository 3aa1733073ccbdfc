import assert from "node:assert/strict";
import test from "node:test";
import { marked, score } from "../../src/app/shell/command/match";

test("the start of the text is worth more than the start of a word, and that more than its middle", () => {
    assert.ok(score("hott", "Hottechi") > score("hott", "GTX Pro for Hottechi"));
    assert.ok(score("pro", "GTX Pro") > score("pro", "Improve"));
    assert.equal(score("hott x", "Hottechi"), 0);
    assert.equal(score("", "Hottechi"), 0);
    assert.ok(score("aziende", "Aziende") > score("azi", "Aziende"));
});

test("accents and case make no difference", () => {
    assert.ok(score("attivita", "Attività") > 4);
    assert.ok(score("ATTIVITÀ", "Attivita") > 4);
});

test("what was found is marked where it stands", () => {
    assert.deepEqual(marked("hott", "GTX for Hottechi"), [{ text: "GTX for ", isMatch: false }, { text: "Hott", isMatch: true }, { text: "echi", isMatch: false }]);
    assert.deepEqual(marked("vita", "Attività"), [{ text: "Atti", isMatch: false }, { text: "vità", isMatch: true }]);
    assert.deepEqual(marked("", "Uno"), [{ text: "Uno", isMatch: false }]);
});
