import { useEffect, useRef, useState } from "react";
import { useSession } from "../../app/session";
import type { EntityMeta } from "../meta/types";
import { records } from "../records/cache";
import type { Row } from "../records/types";
import { fetchRecord } from "../records/useRecord";
import { onChange } from "../stream/stream";

/** What someone else has just changed. */
export interface Fresh {
    keys: ReadonlySet<string>;
    by: string | null;
}

const none: Fresh = { keys: new Set(), by: null };

/** Keeps the record as the server has it: others' changes are fetched when the stream tells of them, and named for a few seconds. */
export function useLive(entity: EntityMeta, id: string): Fresh {
    const { memberId } = useSession();
    const [fresh, setFresh] = useState<Fresh>(none);
    const timer = useRef<ReturnType<typeof setTimeout>>();
    useEffect(() => {
        const end = onChange((change) => {
            if (change.event === "reset") return void fetchRecord(entity, id).catch(() => undefined);
            if (change.id !== id || change.event === "record.deleted" || change.event === "presence") return;
            const before = records.saved(id);
            if (before && change.version !== null && before.version >= change.version) return;
            fetchRecord(entity, id).then((after) => {
                if (!before || change.by === memberId) return;
                const keys = changedKeys(entity, before, after);
                if (!keys.size) return;
                setFresh({ keys, by: change.by });
                clearTimeout(timer.current);
                timer.current = setTimeout(() => setFresh(none), 4000);
            }).catch(() => undefined);
        });
        return () => {
            end();
            clearTimeout(timer.current);
            setFresh(none);
        };
    }, [entity, id, memberId]);
    return fresh;
}

/** The entity's own fields whose values differ. */
export function changedKeys(entity: EntityMeta, before: Row, after: Row): Set<string> {
    return new Set(entity.fields.filter((one) => !one.standard && JSON.stringify(before[one.key] ?? null) !== JSON.stringify(after[one.key] ?? null)).map((one) => one.key));
}
