import { dateTexts } from "../../design/dateTexts";
import { isDay } from "../../design/dates";
import { Problem, type FieldProblem } from "../api/problem";
import * as format from "../format/format";
import type { EntityMeta } from "../meta/types";
import type { Value } from "../records/types";

/** Whether that is an instant as the API has it. */
export const isInstant = (text: string): boolean => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:.*(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text));

/** Dates that somebody typed and that can't be read: they stay in their fields and are not sent. */
export function unreadFields(entity: EntityMeta, set: Record<string, Value>): FieldProblem[] {
    return entity.fields.flatMap(({ key, kind }) => {
        const value = set[key];
        if (typeof value !== "string" || (kind === "date" ? isDay(value) : kind !== "instant" || isInstant(value))) return [];
        return [{ field: key, code: "unread", message: dateTexts("notDate", { text: value.replace("T", " ").trim(), example: format.date(format.today()) }) }];
    });
}

/** Throws what the server would answer, in words that fit how it was typed. */
export function refuseUnread(entity: EntityMeta, set: Record<string, Value>) {
    const errors = unreadFields(entity, set);
    if (errors.length) throw new Problem(422, { code: "unread", detail: errors[0]?.message, errors });
}
