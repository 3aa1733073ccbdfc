import { lazy, Suspense, useEffect } from "react";
import { useSession } from "../../app/session";
import { useDraft } from "../draft";
import { useMeta } from "../meta/meta";
import { showConflictsIn, type Conflict } from "../records/change";

const ConflictDialog = lazy(() => import("./ConflictDialog"));

/** A conflict as it is kept over a reload: its entity by name. */
type KeptConflict = Omit<Conflict, "entity"> & { entity: string };

const none: KeptConflict[] = [];

/** Where conflicts are shown, one after the other, until they are decided, over a reload too; stands once in the shell. */
export function Conflicts() {
    const meta = useMeta();
    const { organization, memberId } = useSession();
    const [waiting, setWaiting, clear] = useDraft<KeptConflict[]>(`conflicts:${organization.id}:${memberId}`, none);
    useEffect(() => {
        showConflictsIn((conflict) => setWaiting((before) => [...before, { ...conflict, entity: conflict.entity.name }]));
        return () => showConflictsIn(() => undefined);
    }, [setWaiting]);
    const [first, ...rest] = waiting;
    const entity = first && meta.entity(first.entity);
    if (!first || !entity) return null;
    return (
        <Suspense fallback={null}>
            <ConflictDialog key={`${first.current.id} ${first.current.version}`} conflict={{ ...first, entity }} onClose={() => (rest.length ? setWaiting((before) => before.slice(1)) : clear())} />
        </Suspense>
    );
}
