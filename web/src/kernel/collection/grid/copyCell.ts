import { textOf } from "../../fields/FieldValue";
import type { EntityMeta, FieldMeta } from "../../meta/types";
import { records } from "../../records/cache";

/** Puts a cell's text on the clipboard. */
export async function copyCell(entity: EntityMeta, field: FieldMeta, id: string, done: () => void) {
    const row = records.get(id);
    if (!row) return;
    await navigator.clipboard.writeText(textOf(entity, field, row));
    done();
}
