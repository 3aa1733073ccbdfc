import { useCallback, useEffect, useRef, useState } from "react";
import { onCreated } from "../../create/createRecord";
import { useMeta } from "../../meta/meta";
import type { EntityMeta } from "../../meta/types";
import { records } from "../../records/cache";
import { onChange } from "../../stream/stream";
import { furthestBehind, merged, type Stretch } from "./merge";
import type { Moment } from "./moment";
import { sourcesOf, type Source } from "./readMoments";

interface State {
    stretches: Stretch<Moment>[];
    moments: Moment[] | null;
    problem: unknown;
    isReading: boolean;
}

/** What happened around a record, newest first, read on by `more`; it is read again when something happens. */
export function useTimeline(entity: EntityMeta, id: string) {
    const meta = useMeta();
    const [state, setState] = useState<State>({ stretches: [], moments: null, problem: null, isReading: false });
    const [round, setRound] = useState(0);
    const sources = useRef<Source[]>([]);
    useEffect(() => {
        const ending = new AbortController();
        sourcesOf(meta, entity, id, ending.signal)
            .then(({ sources: found, first }) => {
                sources.current = found;
                setState({ stretches: first, moments: merged(first), problem: null, isReading: false });
            })
            .catch((problem: unknown) => !ending.signal.aborted && setState((before) => ({ ...before, problem })));
        return () => ending.abort();
    }, [meta, entity, id, round]);
    const again = useCallback(() => setRound((one) => one + 1), []);
    useEffect(() => {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const soon = () => {
            clearTimeout(timer);
            timer = setTimeout(again, 150);
        };
        let version = records.saved(id)?.version;
        const ends = [
            onCreated(soon),
            onChange((change) => {
                if (change.event === "presence") return;
                if (change.event === "reset" || change.id === id || isMoment(change.type, change.id)) soon();
            }),
            records.subscribe(id, () => {
                const now = records.saved(id)?.version;
                if (now !== version) soon();
                version = now;
            }),
        ];
        const isMoment = (type: string, other: string) => type !== entity.name && (/activity/.test(type) || records.get(other) !== undefined);
        return () => {
            clearTimeout(timer);
            ends.forEach((end) => end());
        };
    }, [entity, id, again]);
    const more = useCallback(async () => {
        setState((before) => ({ ...before, isReading: true }));
        try {
            const behind = furthestBehind(state.stretches);
            const read = await Promise.all(behind.map(async (index) => ({ index, stretch: await sources.current[index]?.(state.stretches[index]?.next ?? null) })));
            const stretches = state.stretches.map((one, index) => {
                const found = read.find((part) => part.index === index)?.stretch;
                return found ? { items: [...one.items, ...found.items], next: found.next } : one;
            });
            setState({ stretches, moments: merged(stretches), problem: null, isReading: false });
        } catch (problem) {
            setState((before) => ({ ...before, problem, isReading: false }));
        }
    }, [state.stretches]);
    return { ...state, hasMore: state.stretches.some((one) => one.next !== null), more, again };
}
