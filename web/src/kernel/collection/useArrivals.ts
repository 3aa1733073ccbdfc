import { useCallback, useEffect, useState } from "react";
import type { EntityMeta } from "../meta/types";
import { onChange, onReset } from "../stream/stream";
import type { RowSource } from "./rows/RowSource";

const pause = 400;

/**
 * Counts the records that others made and that the list would show: it says so and moves nothing. One's own are shown at once (`reload`).
 *
 * Changes to the records that stand in the list arrive by themselves (`keepRecordsLive`), and what is deleted leaves it.
 */
export function useArrivals(entity: EntityMeta, source: RowSource, memberId: string, reload: () => void) {
    const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
    useEffect(() => {
        setArrived(new Set());
        let heard = new Map<string, boolean>();
        let timer: ReturnType<typeof setTimeout> | undefined;
        const look = async () => {
            timer = undefined;
            const all = heard;
            heard = new Map();
            const matching = await source.matching([...all.keys()]).catch(() => []);
            const fresh = matching.filter((id) => !source.has(id));
            if (fresh.some((id) => all.get(id))) reload();
            else if (fresh.length) setArrived((former) => new Set([...former, ...fresh]));
        };
        const endChange = onChange((change) => {
            if (change.type !== entity.name || source.has(change.id)) return;
            if (change.event === "record.deleted") return setArrived((former) => new Set([...former].filter((id) => id !== change.id)));
            if (change.event !== "record.created" && change.event !== "record.restored") return;
            heard.set(change.id, change.by === memberId);
            timer ??= setTimeout(() => void look(), pause);
        });
        const endReset = onReset(reload);
        return () => {
            endChange();
            endReset();
            clearTimeout(timer);
        };
    }, [entity, source, memberId, reload]);
    return { arrived: arrived.size, show: useCallback(() => reload(), [reload]) };
}
