/** A record that was opened: where to find it, and nothing of what stands in it. */
export interface Recent {
    path: string;
    id: string;
}

const prefix = "stratikey-recent-";
const most = 8;

/** The records that this person opened last in this browser, the latest first. */
export function recents(organization: string, user: string): Recent[] {
    try {
        const kept = JSON.parse(localStorage.getItem(`${prefix}${organization}-${user}`) ?? "[]") as unknown;
        if (!Array.isArray(kept)) return [];
        return kept.filter((one): one is Recent => typeof one === "object" && one !== null && typeof (one as Recent).path === "string" && typeof (one as Recent).id === "string");
    } catch {
        return [];
    }
}

/** Puts a record at the head of those that were opened last. */
export function noteRecent(organization: string, user: string, opened: Recent) {
    const rest = recents(organization, user).filter((one) => one.id !== opened.id);
    try {
        localStorage.setItem(`${prefix}${organization}-${user}`, JSON.stringify([opened, ...rest].slice(0, most)));
    } catch {
        // A browser that keeps nothing shows none.
    }
}

/** Nobody's records stand here any more. */
export function forgetRecents() {
    try {
        Object.keys(localStorage).filter((key) => key.startsWith(prefix)).forEach((key) => localStorage.removeItem(key));
    } catch {
        // Nothing was kept.
    }
}
