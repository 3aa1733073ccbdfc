/** The list that one came from, as the list itself keeps it. */
export interface Walk {
    ids: string[];
    /** Where that list is, with its filters. */
    address: string;
}

/** The list of that entity that was open last in this tab. */
export function readWalk(entity: string): Walk | null {
    try {
        const walk = JSON.parse(window.sessionStorage.getItem(`stratikey-walk:${entity}`) ?? "null") as Partial<Walk> | null;
        return walk && Array.isArray(walk.ids) && typeof walk.address === "string" ? { ids: walk.ids, address: walk.address } : null;
    } catch {
        return null;
    }
}

/** The record that many steps on in the list; null at its ends and outside of it. */
export function step(walk: Walk | null, id: string, by: 1 | -1): string | null {
    const at = walk?.ids.indexOf(id) ?? -1;
    return at < 0 ? null : walk?.ids[at + by] ?? null;
}
