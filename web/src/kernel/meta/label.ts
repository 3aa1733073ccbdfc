import type { Row } from "../records/types";
import type { EntityMeta } from "./types";
import { texts } from "../../app/language";

const t = texts({ it: { unnamed: "Senza nome" }, en: { unnamed: "Unnamed" } });

/** How a record is called: its names, else the first text that it has. */
export function labelOf(row: Row | null | undefined, entity?: EntityMeta): string {
    if (!row) return "";
    const text = (key: string) => (typeof row[key] === "string" ? (row[key] as string).trim() : "");
    const person = `${text("first_name")} ${text("last_name")}`.trim();
    const found = text("title") && entity?.name !== "directory.contact" && entity?.name !== "sales.lead" ? text("title") : "";
    const first = entity?.fields.find((one) => ["text", "long_text", "email"].includes(one.kind) && text(one.key));
    return person || found || text("name") || text("subject") || text("company") || (first ? text(first.key) : "") || text("label") || text("email") || t("unnamed");
}
