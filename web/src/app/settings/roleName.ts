import type { MetaIndex } from "../../kernel/meta/meta";

/** A built-in role is called in the reader's language, a custom one as it was named. */
export function roleName(role: { key?: unknown; name?: unknown } | { id: string }, meta: MetaIndex): string {
    const { key, name } = role as { key?: unknown; name?: unknown };
    const message = typeof key === "string" ? `role.${key}` : "";
    const known = message ? meta.message(message) : message;
    return known && known !== message ? known : String(name ?? "");
}
