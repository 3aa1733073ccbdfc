/** What the browser keeps of how a person looks at an entity's records. */
function read(key: string): string | null {
    try {
        return localStorage.getItem(key);
    } catch {
        return null;
    }
}

function write(key: string, value: string | null) {
    try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
    } catch {
        // A browser that keeps nothing shows the entity's own view next time.
    }
}

export const keptForm = (entity: string) => read(`stratikey-view:${entity}`);
export const keepForm = (entity: string, form: string) => write(`stratikey-view:${entity}`, form);
export const keptColumns = (entity: string) => read(`stratikey-columns:${entity}`);
export const keepColumns = (entity: string, columns: string | null) => write(`stratikey-columns:${entity}`, columns);

/** Whether there were saved views the last time: their line keeps its place until they come. */
export const hadViews = (entity: string) => read(`stratikey-saved:${entity}`) !== null;
export const keepHasViews = (entity: string, has: boolean) => write(`stratikey-saved:${entity}`, has ? "1" : null);

/** Leaves the rows of a list for the record page, where J and K walk them. */
export function keepWalk(entity: string, ids: string[], address: string) {
    try {
        sessionStorage.setItem(`stratikey-walk:${entity}`, JSON.stringify({ ids, address }));
    } catch {
        // Without it, the record page has no next one.
    }
}
