import { useCallback, useState } from "react";
import { recordActions } from "../../plugins/all";
import { explain } from "../api/problem";
import { labelOf } from "../meta/label";
import { useMeta } from "../meta/meta";
import type { EntityMeta, FieldMeta } from "../meta/types";
import type { RunningAction } from "../record/RecordActions";
import { records } from "../records/cache";
import { toastProblem } from "../records/change";
import { columnKey, type Column } from "./columns";
import { laneOf } from "./lanes";
import { moveCard, type ReasonAsked } from "./move";
import type { BoardStore } from "./store";
import { t } from "./texts";

interface Settings {
    entity: EntityMeta;
    grouping: FieldMeta;
    columns: Column[];
    store: BoardStore;
    /** Brings a card into sight and gives it the focus. */
    show: (id: string) => void;
}

/** Moves cards, asks what has to be asked on the way, and says what came of it. A state that an action leads to is reached by that action. */
export function useMoves({ entity, grouping, columns, store, show }: Settings) {
    const meta = useMeta();
    const [asked, setAsked] = useState<ReasonAsked | null>(null);
    const [running, setRunning] = useState<RunningAction | null>(null);
    const [said, setSaid] = useState("");
    const sayStays = useCallback((id: string) => {
        const row = records.get(id);
        const column = row && columns.find((one) => one.key === columnKey(row, grouping.key));
        setSaid(t("notMoved", { name: labelOf(row, entity), column: column?.label ?? "" }));
    }, [entity, grouping, columns]);
    const move = useCallback(async (id: string, column: Column) => {
        const row = records.get(id);
        if (!row) return;
        const name = labelOf(row, entity);
        show(id);
        if (columnKey(row, grouping.key) === column.key) return sayStays(id);
        const own = entity.states?.field === grouping.key ? recordActions(entity.name).find((one) => one.key === column.value && one.load && one.isOffered(row, entity, meta)) : undefined;
        if (own) return setRunning({ action: own, row });
        try {
            const going = moveCard(entity, grouping, row, column, setAsked);
            show(id);
            const isDone = await going;
            const { lanes } = store.get();
            const at = laneOf(lanes, id);
            if (isDone) setSaid(t("movedHere", { name, column: column.label, place: (at ? lanes[at]?.ids.indexOf(id) ?? 0 : 0) + 1 }));
            else sayStays(id);
        } catch (error) {
            toastProblem(error);
            setSaid(`${name}: ${explain(error)}`);
        }
        show(id);
    }, [entity, grouping, meta, store, show, sayStays]);
    const closeAction = useCallback(() => setRunning(null), []);
    return { move, asked, running, closeAction, said, setSaid, sayStays };
}
