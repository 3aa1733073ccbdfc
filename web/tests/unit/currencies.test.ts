import assert from "node:assert/strict";
import test from "node:test";
import { amountSet, currencyChoices, currencyOf } from "../../src/kernel/fields/currencies";
import { setPlace } from "../../src/kernel/format/format";
import type { EntityMeta, FieldMeta } from "../../src/kernel/meta/types";

const field = (key: string, kind: string, writable = true) => ({ key, kind, writable, label: key, rules: { read_only: false } }) as unknown as FieldMeta;
const entity = (...fields: FieldMeta[]) => ({ fields }) as unknown as EntityMeta;

test("an amount keeps its digits when its currency changes", () => {
    assert.deepEqual(amountSet("amount", "1.000", "USD", "EUR"), { amount: 100_000, amount_currency: "USD" });
    assert.deepEqual(amountSet("amount", "1.000", "JPY", "EUR"), { amount: 1000, amount_currency: "JPY" });
    assert.deepEqual(amountSet("amount", "12,5", "EUR", "EUR"), { amount: 1250, amount_currency: "EUR" });
});

test("a currency can be chosen before the amount, and an amount be taken away", () => {
    assert.deepEqual(amountSet("amount", "", "USD", "EUR"), { amount: null, amount_currency: "USD" });
    assert.deepEqual(amountSet("amount", " ", "EUR", "EUR"), { amount: null });
    assert.deepEqual(amountSet("amount", "mille", "USD", "EUR"), { amount_currency: "USD" });
    assert.deepEqual(amountSet("amount", "mille", "EUR", "EUR"), {});
});

test("the organization's currency is offered first, the record's own always", () => {
    setPlace({ currency: "CHF" });
    const choices = currencyChoices("BRL");
    setPlace({ currency: "EUR" });
    assert.equal(choices[0], "CHF");
    assert.ok(choices.includes("BRL"));
    assert.equal(new Set(choices).size, choices.length);
});

test("a currency is chosen only beside money, and only by who may write it", () => {
    const amount = field("amount", "money");
    assert.equal(currencyOf(entity(amount, field("amount_currency", "currency")), amount)?.key, "amount_currency");
    assert.equal(currencyOf(entity(amount, field("amount_currency", "currency", false)), amount), undefined);
    assert.equal(currencyOf(entity(amount), amount), undefined);
    assert.equal(currencyOf(entity(field("size", "integer"), field("size_currency", "currency")), field("size", "integer")), undefined);
});
