import { useCallback, useEffect, useRef, useState } from "react";
import plus from "bootstrap-icons/plus-lg.svg";
import { texts } from "../../../app/language";
import { Skeleton } from "../../../design/Badge";
import { Button } from "../../../design/Button";
import { Field } from "../../../design/Field";
import { api } from "../../../kernel/api/client";
import type { Page, Row } from "../../../kernel/records/types";
import { records } from "../../../kernel/records/cache";
import { toastProblem } from "../../../kernel/records/change";
import { offerUndo } from "../../../kernel/records/undo";
import { StageRow } from "./StageRow";
import { misplaced, moved, movedTo, ordered } from "./stages";

const t = texts({
    it: { name: "Nome della pipeline", stages: "Fasi", add: "Aggiungi una fase", fresh: "Nuova fase", keep: "Va bene così", removed: "Fase «{name}» tolta", moved: "«{name}» è ora al posto {count}" },
    en: { name: "Name of the pipeline", stages: "Stages", add: "Add a stage", fresh: "New stage", keep: "Fine as it is", removed: "Stage “{name}” removed", moved: "“{name}” is now at place {count}" },
});

/** The default pipeline with its stages, renamed, ordered and added where they stand. */
export default function PipelineStep({ onDone }: { onDone: () => void }) {
    const [pipeline, setPipeline] = useState<Row | null>(null);
    const [stages, setStages] = useState<Row[] | null>(null);
    const [fresh, setFresh] = useState<string | null>(null);
    const [said, setSaid] = useState("");
    const list = useRef<HTMLOListElement>(null);
    const load = useCallback(async () => {
        const pipelines = await api.get<Page>("/pipelines", { limit: 50 });
        const own = pipelines.data.find((one) => one["is_default"]) ?? pipelines.data[0];
        if (!own) return setStages([]);
        const found = await api.get<Page>("/stages", { pipeline_id: own.id, sort: "position", limit: 100 });
        setPipeline(own);
        setStages(ordered(found.data));
    }, []);
    useEffect(() => void load().catch(toastProblem), [load]);
    const failed = (error: unknown) => {
        toastProblem(error);
        void load();
    };
    const put = (next: Row) => setStages((before) => before?.map((one) => (one.id === records.put(next).id ? next : one)) ?? null);
    const settle = async (order: Row[]) => {
        setStages(order.map((one, index) => ({ ...one, position: index + 1 })));
        const answers = await Promise.all(misplaced(order).map(({ stage, position }) => api.patch<Row>(`/stages/${stage.id}`, { position })));
        answers.forEach(put);
    };
    const reorder = (order: Row[] | null, id: string) => {
        if (!order) return;
        setSaid(t("moved", { name: String(order.find((one) => one.id === id)?.["name"]), count: order.findIndex((one) => one.id === id) + 1 }));
        settle(order).catch(failed);
    };
    const add = async () => {
        if (!pipeline || !stages) return;
        const made = await api.post<Row>("/stages", { pipeline_id: pipeline.id, name: t("fresh"), kind: "open" });
        setFresh(made.id);
        await settle(ordered([...stages.filter((one) => one["kind"] === "open"), { ...made, position: stages.length + 1 }, ...stages.filter((one) => one["kind"] !== "open")]));
    };
    const remove = async (stage: Row) => {
        if (!stages) return;
        await api.delete(`/stages/${stage.id}`);
        await settle(stages.filter((one) => one.id !== stage.id));
        offerUndo(t("removed", { name: String(stage["name"]) }), async () => {
            await api.post(`/stages/${stage.id}/restore`);
            await load();
        });
    };
    if (!stages) return <div className="stage-list" aria-busy="true">{[1, 2, 3, 4, 5, 6].map((one) => <Skeleton key={one} height={32} />)}</div>;
    const open = stages.filter((one) => one["kind"] === "open").length;
    return (
        <div className="stack">
            {pipeline && (
                <Field label={t("name")}>
                    <input className="input stage-pipeline" defaultValue={String(pipeline["name"] ?? "")} maxLength={100} onBlur={(event) => {
                        const name = event.target.value.trim();
                        if (name && name !== pipeline["name"]) api.patch<Row>(`/pipelines/${pipeline.id}`, { name }).then((row) => setPipeline(records.put(row)), toastProblem);
                    }} />
                </Field>
            )}
            <div>
                <h3 id="stage-list-title">{t("stages")}</h3>
                <ol className="stage-list" ref={list} aria-labelledby="stage-list-title">
                    {stages.map((stage, index) => (
                        <StageRow
                            key={stage.id}
                            stage={stage}
                            index={index}
                            open={open}
                            autoFocus={stage.id === fresh}
                            onSave={(set) => api.patch<Row>(`/stages/${stage.id}`, set).then(put, failed)}
                            onMove={(by) => reorder(moved(stages, stage.id, by), stage.id)}
                            onDrop={(id) => reorder(movedTo(stages, id, index), id)}
                            onRemove={() => void remove(stage).catch(failed)}
                        />
                    ))}
                </ol>
                <div className="visually-hidden" role="status">{said}</div>
            </div>
            <div className="row">
                <Button icon={plus} onClick={() => void add().catch(failed)}>{t("add")}</Button>
                <Button look="primary" onClick={onDone}>{t("keep")}</Button>
            </div>
        </div>
    );
}
