import { useEffect, useState } from "react";
import { texts } from "../../../app/language";
import { api } from "../../../kernel/api/client";
import type { EntityMeta } from "../../../kernel/meta/types";
import { records } from "../../../kernel/records/cache";
import { changeRecord } from "../../../kernel/records/change";
import type { Page, Row } from "../../../kernel/records/types";

const t = texts({ it: { moved: "Fase: {name}" }, en: { moved: "Stage: {name}" } });

const byPipeline = new Map<string, Promise<Row[]>>();

/** The stages of a pipeline in their order; asked for once. */
export function stagesOf(pipeline: string): Promise<Row[]> {
    const known = byPipeline.get(pipeline);
    if (known) return known;
    const found = api.get<Page>("/stages", { pipeline_id: pipeline, sort: "position", limit: 100 }).then((page) => page.data.map((row) => records.put(row)));
    byPipeline.set(pipeline, found);
    found.catch(() => byPipeline.delete(pipeline));
    return found;
}

export function useStages(pipeline: string | null): Row[] | null {
    const [stages, setStages] = useState<Row[] | null>(null);
    useEffect(() => {
        let ended = false;
        if (pipeline) stagesOf(pipeline).then((all) => !ended && setStages(all)).catch(() => undefined);
        return () => {
            ended = true;
        };
    }, [pipeline]);
    return stages;
}

/** Moves a deal to a stage, with the reason that a lost one needs; at once and with undo. */
export function moveToStage(entity: EntityMeta, row: Row, stage: Row, reason?: string): Promise<Row> {
    return changeRecord(entity, row, { stage_id: stage.id, ...(reason ? { lost_reason: reason } : {}) }, { included: { stage }, message: t("moved", { name: String(stage["name"]) }) });
}

/** The kind of the stage that a deal is in: open, won or lost. */
export function stageKind(row: Row): string | null {
    const stage = row["stage"];
    return typeof stage === "object" && stage !== null && !Array.isArray(stage) && typeof stage["kind"] === "string" ? stage["kind"] : null;
}
