import { lazy, Suspense, useState, type ComponentType } from "react";
import type { RecordAction } from "../../plugins/plugin";
import type { EntityMeta } from "../meta/types";
import type { Row } from "../records/types";

/** An action that has asked for its dialog. */
export interface RunningAction {
    action: RecordAction;
    row: Row;
}

type Screen = ComponentType<{ entity: EntityMeta; row: Row; onClose: () => void }>;
const loaded = new Map<RecordAction, Screen>();

/** The dialog of an action, loaded when it is first asked for. */
export function ActionDialog({ entity, running, onClose }: { entity: EntityMeta; running: RunningAction; onClose: () => void }) {
    const [Screen] = useState<Screen | null>(() => {
        const { load } = running.action;
        if (!load) return null;
        const known = loaded.get(running.action) ?? lazy(load);
        loaded.set(running.action, known);
        return known;
    });
    return Screen && <Suspense fallback={null}><Screen entity={entity} row={running.row} onClose={onClose} /></Suspense>;
}
