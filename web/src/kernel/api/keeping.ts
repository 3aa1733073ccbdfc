/** Plugins whose records are never kept: keys, invitations and the like. */
const unkept = ["tenancy", "billing"];

/** The paths of the entities whose records may be kept, out of `/meta`. */
export function pathsOf(meta: string): ReadonlySet<string> {
    const { entities } = JSON.parse(meta) as { entities: { plugin: string; path: string }[] };
    return new Set(entities.filter((one) => !unkept.includes(one.plugin)).map((one) => one.path));
}

/** Questions that are asked once and are worth nothing later. */
const passing = ["export", "access", "duplicates"];

/**
 * Whether an answer may be kept: who is signed in, the metadata, and records and lists of these entities.
 *
 * Without `paths` it says whether that could be at all.
 */
export function isKeepable(url: URL, paths: ReadonlySet<string> | null): boolean {
    const [first = "", ...rest] = url.pathname.slice("/api/v1/".length).split("/");
    if (first === "me" || first === "meta") return rest.length === 0;
    if (["auth", "stream", "search", "vendor", "portal", "presence", "notifications", "openapi.json"].includes(first)) return false;
    if (rest.some((part) => passing.includes(part))) return false;
    return paths === null || paths.has(first);
}

/** Under what an answer is kept: its address, and the organization that was asked. Who is signed in is the same in all. */
export function keyOf(url: URL, organization: string | null): string {
    const key = new URL(url);
    if (organization && key.pathname !== "/api/v1/me") key.searchParams.set("kept-for", organization);
    return key.href;
}
