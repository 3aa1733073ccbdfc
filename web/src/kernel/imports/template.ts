import { keepFile } from "../api/client";
import type { EntityMeta } from "../meta/types";
import { language } from "../../app/language";
import { fillable } from "./plan";

const quoted = (text: string) => (/[",;\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

/** Keeps an empty file whose columns are the entity's fields by their names, which an import recognizes again. */
export function saveTemplate(entity: EntityMeta) {
    const separator = language() === "it" ? ";" : ",";
    const titles = fillable(entity).filter((one) => one.kind !== "address" && one.kind !== "time_windows").map((one) => quoted(one.label));
    keepFile(new Blob([`\ufeff${titles.join(separator)}\r\n`], { type: "text/csv" }), `${entity.path}.csv`);
}
