import { texts } from "../../app/language";
import { toast } from "../../design/Toast";
import { api } from "../api/client";
import { Problem } from "../api/problem";
import { field } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { records } from "./cache";
import type { Row } from "./types";
import { offerUndo } from "./undo";

const t = texts({
    it: {
        done: "{label}: {state}",
        illegal: "Da «{from}» non si passa a «{to}». Si può andare a: {allowed}.",
        final: "«{from}» è uno stato finale: da qui non si passa ad altro.",
    },
    en: {
        done: "{label}: {state}",
        illegal: "“{from}” can’t become “{to}”. It can become: {allowed}.",
        final: "“{from}” is a final state: nothing follows it.",
    },
});

/** The states that a record may go to from the one that it is in. */
export const allowedStates = (entity: EntityMeta, from: string): string[] => entity.states?.transitions[from] ?? [];

/** Whether a reason has to be given on the way to that state. */
export const needsReason = (entity: EntityMeta, to: string): boolean => entity.states?.needs_reason.includes(to) ?? false;

/** Why a state can't follow another, and which ones can, in words. */
export function illegalTransition(entity: EntityMeta, from: string, to: string, allowed = allowedStates(entity, from)): string {
    const choices = entity.states ? field(entity, entity.states.field)?.choices : undefined;
    const word = (value: string) => choices?.find((one) => one.value === value)?.label ?? value;
    if (!allowed.length) return t("final", { from: word(from) });
    return t("illegal", { from: word(from), to: word(to), allowed: allowed.map(word).join(", ") });
}

/** Moves a record to another of its declared states: seen at once, put back if the server refuses, with undo where the way back is legal. */
export async function transitionRecord(entity: EntityMeta, row: Row, to: string, reason?: string, offersUndo = true): Promise<Row> {
    const key = entity.states?.field ?? "status";
    const from = String(records.saved(row.id)?.[key] ?? row[key] ?? "");
    const takeOff = records.lay(row.id, { [key]: to });
    let answer: Row;
    try {
        answer = records.put(await api.post<Row>(`/${entity.path}/${row.id}/transitions`, { to, ...(reason ? { reason } : {}) }));
    } catch (error) {
        takeOff();
        if (error instanceof Problem && error.status === 409 && Array.isArray(error.body["allowed"])) {
            throw new Problem(409, { ...error.body, detail: illegalTransition(entity, from, to, error.body["allowed"] as string[]), errors: [] });
        }
        throw error;
    }
    takeOff();
    const label = field(entity, key);
    const text = t("done", { label: label?.label ?? "", state: label?.choices?.find((one) => one.value === to)?.label ?? to });
    if (!offersUndo) return answer;
    if (allowedStates(entity, to).includes(from) && !needsReason(entity, from)) {
        offerUndo(text, async () => {
            await transitionRecord(entity, records.get(row.id) ?? answer, from, undefined, false);
        });
    } else {
        toast({ text });
    }
    return answer;
}
