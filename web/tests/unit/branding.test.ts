import assert from "node:assert/strict";
import test from "node:test";
import { brandTokens, correct } from "../../src/app/branding";
import { contrast, parseColour, writeColour } from "../../src/app/colour";

const grounds = { light: ["#ffffff", "#faf8fa", "#f3eff2"], dark: ["#141014", "#1b161b", "#0f0b0f", "#251e25"] };
/** Yellow, white, black, greys and a walk around the hues. */
const colours = ["#ffff00", "#ffffff", "#000000", "#808080", "#777777", "#ff0000", "#00ff00", "#0000ff", "#390035", "#f5b041", "#1abc9c", "#5dade2", "#e91e63", "#123456", "#fefefe"];

test("a colour is what it was after it is read and written", () => {
    for (const colour of colours) assert.equal(writeColour(parseColour(colour) ?? { l: 0, c: 0, h: 0 }), colour);
    assert.equal(parseColour("red"), null);
    assert.ok(Math.abs(contrast("#000000", "#ffffff") - 21) < 0.01);
});

test("every pair of an accent can be read in both themes, whatever the colour", () => {
    for (const colour of colours) {
        for (const theme of ["light", "dark"] as const) {
            const tokens = brandTokens({ primary: colour, accent: colour }, theme === "dark");
            const of = (name: string) => tokens[name] ?? "";
            const pairs: [string, string][] = [
                ...grounds[theme].map((ground): [string, string] => [of("--accent"), ground]),
                ...grounds[theme].map((ground): [string, string] => [of("--accent-hover"), ground]),
                [of("--accent"), of("--accent-soft")],
                [of("--accent-on"), of("--accent")],
                [of("--accent-on"), of("--accent-hover")],
                [of("--brand-on"), of("--brand")],
                [theme === "light" ? "#1d141c" : "#f2ecf1", of("--accent-soft")],
            ];
            for (const [one, other] of pairs) assert.ok(contrast(one, other) >= 4.5, `${colour} ${theme}: ${one} on ${other} is ${contrast(one, other)}`);
        }
    }
});

test("a colour that can be read stays, one that can't is told", () => {
    const good = correct("#901d6b", "light");
    assert.equal(good?.isCorrected, false);
    assert.equal(good?.colour, "#901d6b");
    const bad = correct("#ffff00", "light");
    assert.equal(bad?.isCorrected, true);
    assert.ok((bad?.chosenContrast ?? 9) < 2);
    assert.ok((bad?.contrast ?? 0) >= 4.5);
    assert.equal(correct("blu", "dark"), null);
});

test("without colours of its own an organization has ours", () => {
    assert.deepEqual(brandTokens(null, true), {});
    assert.deepEqual(brandTokens({ primary: null, accent: null }, false), {});
});
