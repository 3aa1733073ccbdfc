import { included, isPerson, textOf } from "../fields/FieldValue";
import * as format from "../format/format";
import { labelOf } from "../meta/label";
import { field, type MetaIndex } from "../meta/meta";
import type { EntityMeta, FieldMeta } from "../meta/types";
import type { Row } from "../records/types";

/** What a card shows: a title, one line, one foot. */
export interface CardFace {
    title: string;
    line: string;
    amount: string;
    /** For how long it has stood still, where that is too long: `94 g`. */
    rotting: string | null;
    facts: { key: string; label: string; text: string }[];
    person: string | null;
}

const named = new Set(["title", "name", "subject", "first_name", "last_name"]);

/** Puts the chosen fields where a card has a place for them: names in the title, words in the line, money, days and people in the foot. */
export function cardFace(entity: EntityMeta, fields: string[], row: Row, meta?: MetaIndex): CardFace {
    const chosen = fields.map((key) => field(entity, key)).filter((one): one is FieldMeta => !!one);
    const title = labelOf(row, entity);
    const face: CardFace = { title, line: "", amount: "", rotting: null, facts: [], person: null };
    const words: string[] = [];
    for (const one of chosen) {
        const text = textOf(entity, one, row, meta);
        if (one.key === "is_rotting") face.rotting = row[one.key] === true ? stillFor(row) : null;
        else if (named.has(one.key) || !text) continue;
        else if (isPerson(one)) face.person ??= labelOf(included(row, one), meta?.entity("kernel.member"));
        else if (one.kind === "money" && !face.amount) face.amount = text;
        else if (one.kind === "date") face.facts.push({ key: one.key, label: one.label, text: format.shortDate(row[one.key] as string) });
        else if (["money", "integer", "percent", "instant", "boolean"].includes(one.kind)) face.facts.push({ key: one.key, label: one.label, text: one.kind === "boolean" ? one.label : text });
        else if (text !== title) words.push(text);
    }
    face.line = words.join(" · ");
    return face;
}

/** How long the record has been in its stage. */
function stillFor(row: Row): string {
    const since = row["stage_since"];
    return format.span(typeof since === "string" ? Math.max(0, (Date.now() - new Date(since).getTime()) / 1000) : 0, true);
}
