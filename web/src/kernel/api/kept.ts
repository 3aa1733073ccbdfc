let keptAt: string | null = null;
const listeners = new Set<() => void>();

/** Says when the browser kept the answer that it gave in the server's place, or null for an answer of the server's. */
export function noteKept(at: string | null) {
    if (at === keptAt) return;
    keptAt = at;
    listeners.forEach((listener) => listener());
}

/** Since when what is shown may be out of date: the time of the last answer, if the browser had kept it. */
export const shownSince = (): string | null => keptAt;

export function onShownSince(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
}
