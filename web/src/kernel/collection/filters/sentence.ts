import { texts } from "../../../app/language";
import * as format from "../../format/format";
import type { FieldMeta } from "../../meta/types";
import type { Ask, Clause } from "./clauses";
import { periodText } from "./periods";

const t = texts({
    it: {
        anyOf: "è", noneOf: "non è", contains: "contiene", startsWith: "inizia con", is: "è esattamente", isNot: "non è", equal: "è uguale a", notEqual: "è diverso da",
        between: "è tra", atLeast: "è almeno", atMost: "è al massimo", above: "è più di", below: "è meno di",
        within: "nel periodo", on: "il giorno", notOn: "non il giorno", from: "dal", until: "fino al", after: "dopo il", before: "prima del",
        yes: "sì", no: "no", filled: "ha un valore", empty: "è vuoto", inTeam: "è nel team",
    },
    en: {
        anyOf: "is", noneOf: "is not", contains: "contains", startsWith: "starts with", is: "is exactly", isNot: "is not", equal: "equals", notEqual: "does not equal",
        between: "is between", atLeast: "is at least", atMost: "is at most", above: "is more than", below: "is less than",
        within: "in the period", on: "on", notOn: "not on", from: "from", until: "until", after: "after", before: "before",
        yes: "yes", no: "no", filled: "has a value", empty: "is empty", inTeam: "is in the team",
    },
});

const short = texts({
    it: {
        noneOf: "non {text}", contains: "contiene «{text}»", startsWith: "inizia con «{text}»", isNot: "non «{text}»", notEqual: "non {text}",
        between: "{low} – {high}", betweenDays: "dal {low} al {high}", atLeast: "almeno {text}", atMost: "al massimo {text}", above: "più di {text}", below: "meno di {text}",
        notOn: "non il {text}", from: "dal {text}", until: "fino al {text}", after: "dopo il {text}", before: "prima del {text}",
        inTeam: "team {text}", filled: "con un valore", empty: "nessuno", yes: "sì", no: "no", more: "{text} +{count}",
    },
    en: {
        noneOf: "not {text}", contains: "contains “{text}”", startsWith: "starts with “{text}”", isNot: "not “{text}”", notEqual: "not {text}",
        between: "{low} – {high}", betweenDays: "{low} to {high}", atLeast: "at least {text}", atMost: "at most {text}", above: "more than {text}", below: "less than {text}",
        notOn: "not on {text}", from: "from {text}", until: "until {text}", after: "after {text}", before: "before {text}",
        inTeam: "team {text}", filled: "with a value", empty: "none", yes: "yes", no: "no", more: "{text} +{count}",
    },
});

/** An ask as it is chosen: «contiene». */
export const askText = (ask: Ask): string => t(ask);

/** A value of a field in words; `label` names what references point to. */
export function valueText(one: FieldMeta, value: string, label: (id: string) => string | undefined): string {
    switch (one.kind) {
        case "money": return format.money(Number(value), format.organizationCurrency());
        case "percent": return format.percent(Number(value));
        case "integer": return format.number(Number(value));
        case "date": return format.date(value);
        case "instant": return Number.isNaN(Date.parse(value)) ? value : /^\d{4}-\d{2}-\d{2}$/.test(value) ? format.date(value) : format.instant(value);
        case "choice": return one.choices?.find((choice) => choice.value === value)?.label ?? value;
        case "reference": return label(value) ?? "…";
        default: return value;
    }
}

/** What a chip says after the field's name: «questo trimestre», «almeno 1.000 €», «Vinta, Persa». */
export function clauseText(one: FieldMeta, clause: Clause, label: (id: string) => string | undefined): string {
    if (clause.ask === "within") return periodText(clause.values[0] ?? "");
    const words = clause.values.filter(Boolean).map((value) => valueText(one, value, label));
    const text = words.length > 2 ? short("more", { text: words.slice(0, 2).join(", "), count: words.length - 2 }) : words.join(", ");
    switch (clause.ask) {
        case "anyOf": case "is": case "equal": case "on": return text;
        case "filled": case "empty": case "yes": case "no": return short(clause.ask);
        case "between": {
            const [low, high] = clause.values;
            const isTimed = one.kind === "date" || one.kind === "instant";
            if (!low || !high) return low ? short(isTimed ? "from" : "atLeast", { text }) : short(isTimed ? "until" : "atMost", { text });
            return short(isTimed ? "betweenDays" : "between", { low: words[0] ?? "", high: words[1] ?? "" });
        }
        default: return short(clause.ask, { text });
    }
}
