import { useEffect, useState } from "react";
import { api } from "../../../kernel/api/client";
import * as format from "../../../kernel/format/format";
import { field } from "../../../kernel/meta/meta";
import type { EntityMeta } from "../../../kernel/meta/types";
import { Path, PathSkeleton, type Step } from "../../../kernel/record/Path";
import { toastProblem } from "../../../kernel/records/change";
import type { Row } from "../../../kernel/records/types";
import { LostDialog } from "./LostDialog";
import { pathSteps, type Visit } from "./pathSteps";
import { moveToStage, useStages } from "./stages";

/** The stages of a deal's pipeline: where it is, how long it was in each; a press moves it, a lost one is asked why. */
export default function StagePath({ entity, row }: { entity: EntityMeta; row: Row }) {
    const stages = useStages(typeof row["pipeline_id"] === "string" ? row["pipeline_id"] : null);
    const [visits, setVisits] = useState<Visit[] | null>(null);
    const [losing, setLosing] = useState<Row | null>(null);
    const current = row["stage_id"];
    useEffect(() => {
        const ending = new AbortController();
        api.get<{ stages: Visit[] }>(`/opportunities/${row.id}/stages`, undefined, ending.signal).then((found) => setVisits(found.stages)).catch(() => !ending.signal.aborted && setVisits((known) => known ?? []));
        return () => ending.abort();
    }, [row.id, row.version]);
    // With the times: steps would widen under the pointer if those came after.
    if (!stages || !visits) return <PathSkeleton />;
    const steps: Step[] = pathSteps(stages, String(current), visits).map((step) => ({ ...step, aside: step.seconds === null ? "" : format.span(step.seconds, true) }));
    const mayMove = entity.operations.includes("update") && field(entity, "stage_id")?.writable !== false;
    const choose = (key: string) => {
        const stage = stages.find((one) => one.id === key);
        if (!stage) return;
        if (stage["kind"] === "lost") setLosing(stage);
        else moveToStage(entity, row, stage).catch(toastProblem);
    };
    return (
        <>
            <Path label={field(entity, "stage_id")?.label ?? ""} steps={steps} {...(mayMove ? { onChoose: choose } : {})} />
            {losing && <LostDialog entity={entity} row={row} stage={losing} onClose={() => setLosing(null)} />}
        </>
    );
}
