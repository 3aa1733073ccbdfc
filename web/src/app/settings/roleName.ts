import type { MetaIndex } from "../../kernel/meta/meta";

/** A built-in role is called in the reader's language, a custom one as it was named. */
export function roleName(role: Record<string, unknown>, meta: MetaIndex): string {
    const key = typeof role.key === "string" ? `role.${role.key}` : "";
    const known = key ? meta.message(key) : key;
    return known && known !== key ? known : String(role.name ?? "");
}
