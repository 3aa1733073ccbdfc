import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { EntityMeta } from "../../meta/types";
import { RowSource } from "./RowSource";

/** Former rows stay on the screen for so long while others are fetched; skeletons after that. */
const patience = 300;
/** Until then nothing says that they are former ones: most answers are quicker, and dimming them would only take time. */
const unnoticed = 150;

/**
 * The rows of a list's query. When the query changes, the rows shown before stay until the new ones are here, so that nothing flickers.
 * `isWaiting`: the rows are still those of the former query; `isLate`: and have been for so long that it has to be seen; `round` counts how often `reload` was called.
 */
export function useRows(entity: EntityMeta, params: URLSearchParams, include: string) {
    const [round, setRound] = useState(0);
    const key = `${entity.name}?${params.toString()}#${include}`;
    const former = useRef<RowSource | null>(null);
    const source = useMemo(() => new RowSource(entity, params, include, key, former.current ?? undefined), [key, round]);
    const [shown, setShown] = useState(source);
    const [late, setLate] = useState<RowSource | null>(null);
    useEffect(() => {
        const show = () => setShown(source);
        if (source.total !== null || source.problem) show();
        const stop = source.subscribe(show);
        const dim = setTimeout(() => setLate(source), unnoticed);
        const timer = setTimeout(show, patience);
        if (former.current && former.current !== source) former.current.end();
        former.current = source;
        return () => {
            stop();
            clearTimeout(dim);
            clearTimeout(timer);
        };
    }, [source]);
    useEffect(() => () => former.current?.end(), []);
    useSyncExternalStore(shown.subscribe, shown.version);
    return { source: shown, isWaiting: shown !== source, isLate: shown !== source && late === source, round, reload: useMemo(() => () => setRound((one) => one + 1), []) };
}
