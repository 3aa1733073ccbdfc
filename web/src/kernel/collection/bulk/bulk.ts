import { followWork, leaveWork } from "../../../app/shell/work";
import { api } from "../../api/client";
import type { EntityMeta } from "../../meta/types";
import { toastProblem } from "../../records/change";
import type { Row, Value } from "../../records/types";
import { offerUndo } from "../../records/undo";
import { wholeFilter, type ListQuery } from "../query";
import type { Selection } from "../selection";
import { t } from "./bulkTexts";

/** Which records a bulk change is for: these, or all that a query shows. */
export type Target = { ids: string[] } | { filter: unknown; q?: string };

/** What is to become of them. */
export type Change = { set: Record<string, Value> } | { delete: true };

export interface Preview {
    count: number;
    first: (Row & { changes: { field: string; label: string; from: unknown; to: unknown }[] })[];
    errors: { id: string; field: string | null; code: string; message: string }[];
}

/** Exceptions that fit into one filter (the server's limit). */
export const mostExceptions = 200;

/** The records that are selected, as the server is told of them. */
export function targetOf(selection: Selection, query: ListQuery): Target {
    if (!selection.isAll) return { ids: [...selection.ids] };
    const filter = wholeFilter(query);
    const rest = selection.ids.size ? ["id", "not_in", [...selection.ids]] : null;
    const parts = [...(filter ? [filter] : []), ...(rest ? [rest] : [])];
    const q = query.q.trim();
    // A filter has to say something; that records have an id is true of all.
    return { filter: { all: parts.length ? parts : [["id", "null", false]] }, ...(q ? { q } : {}) };
}

/** What the change would do: how many records, the first of them, and which could not be changed. Nothing is written. */
export const previewBulk = (entity: EntityMeta, target: Target, change: Change, signal?: AbortSignal) =>
    api.post<Preview>(`/${entity.path}/bulk`, { ...target, ...change, preview: true }, signal ? { signal } : {});

/** Does it, as work that goes on over navigation, and offers to take it back when it is done. */
export async function runBulk(entity: EntityMeta, target: Target, change: Change, label: string, onEnd: () => void): Promise<void> {
    const { id, undo } = await api.post<{ id: string; undo: string | null }>(`/${entity.path}/bulk`, { ...target, ...change });
    followWork({
        key: `bulk:${id}`,
        label,
        onEnd: (state) => {
            onEnd();
            if (state.status !== "done" || !undo) return;
            // The toast says the same, and takes it back.
            leaveWork(`bulk:${id}`);
            offerUndo(state.text ?? label, () => undoBulk(id, label, onEnd));
        },
    });
}

async function undoBulk(id: string, label: string, onEnd: () => void): Promise<void> {
    try {
        await api.post(`/bulk/${id}/undo`);
        followWork({ key: `bulk:${id}`, label: t("undoing", { label }), onEnd });
    } catch (error) {
        toastProblem(error);
    }
}
