import assert from "node:assert/strict";
import test from "node:test";
import { assignLetters } from "../../src/app/shell/letters";

test("every entry of the navigation gets a letter of its own", () => {
    assert.deepEqual(assignLetters(["Opportunità", "Lead", "Attività", "Aziende", "Contatti"]), ["o", "l", "a", "z", "c"]);
    assert.deepEqual(assignLetters(["Importazioni", "Impostazioni"], ["n"]), ["i", "m"]);
    assert.deepEqual(assignLetters(["A", "A"]), ["a", null]);
});
