import { useState } from "react";
import { recordActions } from "../../plugins/all";
import * as format from "../format/format";
import { field, useMeta } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { toastProblem } from "../records/change";
import { allowedStates, illegalTransition, needsReason, transitionRecord } from "../records/transition";
import type { Row } from "../records/types";
import { ActionDialog, type RunningAction } from "./RecordActions";
import { Path, PathSkeleton } from "./Path";
import { ReasonDialog } from "./ReasonDialog";
import { useStateTimes } from "./stateTimes";
import { recordTexts as t } from "./texts";

/** The declared states of a record as a path, with the time spent in each; only what may follow can be pressed. A state that an action leads to is reached by that action. */
export function StatePath({ entity, row }: { entity: EntityMeta; row: Row }) {
    const meta = useMeta();
    const [asking, setAsking] = useState<string | null>(null);
    const [action, setAction] = useState<RunningAction | null>(null);
    const seconds = useStateTimes(entity, row);
    const machine = entity.states;
    const stateField = machine ? field(entity, machine.field) : undefined;
    if (!machine || !stateField?.choices) return null;
    if (!seconds) return <PathSkeleton />;
    const current = String(row[machine.field] ?? "");
    const order = stateField.choices.map((one) => one.value);
    const allowed = allowedStates(entity, current);
    const mayWrite = entity.operations.includes("transition") && stateField.writable;
    const word = (state: string) => stateField.choices?.find((one) => one.value === state)?.label ?? state;
    const isEnd = (state: string) => allowedStates(entity, state).length === 0 || needsReason(entity, state);
    const spent = (state: string) => ((seconds[state] ?? 0) < 60 || (state === current && isEnd(state)) ? "" : format.span(seconds[state], true));
    const wasBefore = (state: string) => (seconds[state] !== undefined && !isEnd(state)) || (order.indexOf(state) < order.indexOf(current) && !isEnd(current));
    const steps = stateField.choices.map((choice) => ({
        key: choice.value,
        label: choice.label,
        aside: spent(choice.value),
        state: choice.value === current ? "current" as const : wasBefore(choice.value) ? "done" as const : "open" as const,
        blocked: allowed.includes(choice.value) ? null : illegalTransition(entity, current, choice.value),
    }));
    const choose = (state: string) => {
        const own = recordActions(entity.name).find((one) => one.key === state && one.isOffered(row, entity, meta));
        if (own?.load) return setAction({ action: own, row });
        if (needsReason(entity, state)) return setAsking(state);
        transitionRecord(entity, row, state).catch(toastProblem);
    };
    const reasonField = entity.fields.find((one) => one.key === `${asking}_reason`);
    return (
        <>
            <Path label={stateField.label} steps={steps} {...(mayWrite ? { onChoose: choose } : {})} />
            {asking && (
                <ReasonDialog
                    title={t("reasonTitle", { state: word(asking) })}
                    label={reasonField?.label ?? stateField.label}
                    action={word(asking)}
                    onClose={() => setAsking(null)}
                    onSubmit={async (reason) => {
                        await transitionRecord(entity, row, asking, reason);
                        setAsking(null);
                    }}
                />
            )}
            {action && <ActionDialog entity={entity} running={action} onClose={() => setAction(null)} />}
        </>
    );
}
