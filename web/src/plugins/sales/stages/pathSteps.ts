import type { Row } from "../../../kernel/records/types";

/** A stage that a deal was in, as `/opportunities/{id}/stages` tells it. */
export interface Visit {
    stage_id: string;
    seconds: number | null;
    is_current: boolean;
}

export interface StageStep {
    key: string;
    label: string;
    state: "done" | "current" | "open";
    /** The time spent there; null where it never was, or for less than a minute on its way. */
    seconds: number | null;
}

/** A pipeline's stages for one deal: those it was in, or that lie before the open one it is in, are done. */
export function pathSteps(stages: Row[], current: string, visits: Visit[]): StageStep[] {
    const here = stages.find((one) => one.id === current);
    const place = Number(here?.["position"] ?? 0);
    return stages.map((stage) => {
        const visit = visits.find((one) => one.stage_id === stage.id);
        const wasThere = visit !== undefined;
        const liesBefore = here?.["kind"] === "open" && stage["kind"] === "open" && Number(stage["position"]) < place;
        const isCurrent = stage.id === current;
        const isClosed = stage["kind"] !== "open";
        const seconds = visit?.seconds ?? null;
        return {
            key: stage.id,
            label: String(stage["name"] ?? ""),
            state: isCurrent ? "current" : (wasThere && !isClosed) || liesBefore ? "done" : "open",
            seconds: seconds !== null && seconds >= 60 && !(isCurrent && isClosed) ? seconds : null,
        };
    });
}
