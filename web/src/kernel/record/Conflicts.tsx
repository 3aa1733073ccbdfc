import { lazy, Suspense, useEffect, useState } from "react";
import { showConflictsIn, type Conflict } from "../records/change";

const ConflictDialog = lazy(() => import("./ConflictDialog"));

/** Where conflicts are shown, one after the other; stands once in the shell. */
export function Conflicts() {
    const [waiting, setWaiting] = useState<Conflict[]>([]);
    useEffect(() => {
        showConflictsIn((conflict) => setWaiting((before) => [...before, conflict]));
        return () => showConflictsIn(() => undefined);
    }, []);
    const first = waiting[0];
    if (!first) return null;
    return (
        <Suspense fallback={null}>
            <ConflictDialog key={`${first.current.id} ${first.current.version}`} conflict={first} onClose={() => setWaiting((before) => before.slice(1))} />
        </Suspense>
    );
}
