import type { Row } from "../../../kernel/records/types";

/** Open stages first, then those that close a deal; each part in its order. */
export function ordered(stages: Row[]): Row[] {
    const isClosed = (one: Row) => one["kind"] !== "open";
    return [...stages].sort((a, b) => Number(isClosed(a)) - Number(isClosed(b)) || Number(a["position"] ?? 0) - Number(b["position"] ?? 0));
}

/** Moves an open stage by one place; null where it can't go further. */
export function moved(stages: Row[], id: string, by: 1 | -1): Row[] | null {
    return movedTo(stages, id, stages.findIndex((one) => one.id === id) + by);
}

/** Puts an open stage at a place among the open ones; null where that is none. */
export function movedTo(stages: Row[], id: string, to: number): Row[] | null {
    const from = stages.findIndex((one) => one.id === id);
    const [stage, there] = [stages[from], stages[to]];
    if (!stage || !there || from === to || stage["kind"] !== "open" || there["kind"] !== "open") return null;
    const rest = stages.filter((one) => one !== stage);
    return [...rest.slice(0, to), stage, ...rest.slice(to)];
}

/** The stages whose position must change so that they stand in this order. */
export const misplaced = (stages: Row[]): { stage: Row; position: number }[] =>
    stages.map((stage, index) => ({ stage, position: index + 1 })).filter(({ stage, position }) => stage["position"] !== position);
