import { texts } from "../../app/language";
import type { ImportStatus, ImportSummary } from "./types";
import type { Tone } from "../../design/Badge";
import { bytes } from "./size";

/** The words that several parts of the import share. */
export const importTexts = texts({
    it: {
        imports: "Importazioni", new: "Nuova importazione", import: "Importa", cancel: "Annulla", back: "Indietro",
        file: "File", columns: "Colonne", check: "Verifica", run: "Importa", steps: "Passi dell'importazione", done: "fatto",
        analysed: "Da abbinare", checking: "In verifica", checked: "Da importare", running: "In corso", doneStatus: "Importata", failed: "Interrotta", undoing: "In annullamento", undone: "Annullata",
        rows: { one: "{count} riga", other: "{count} righe" }, created: { one: "{count} creata", other: "{count} create" }, updated: { one: "{count} aggiornata", other: "{count} aggiornate" }, skipped: { one: "{count} saltata", other: "{count} saltate" }, refused: { one: "{count} con errori", other: "{count} con errori" },
        comma: "separatore virgola", semicolon: "separatore punto e virgola", tab: "separatore tabulazione", pipe: "separatore barra verticale", noHeader: "senza riga di intestazione",
        errorFile: "Scarica le righe con errori", undo: "Annulla l'importazione", quoted: "«{value}»", progress: "Avanzamento di {file}", of: "{done} di {total} righe",
    },
    en: {
        imports: "Imports", new: "New import", import: "Import", cancel: "Cancel", back: "Back",
        file: "File", columns: "Columns", check: "Check", run: "Import", steps: "Steps of the import", done: "done",
        analysed: "To be mapped", checking: "Being checked", checked: "Ready to import", running: "Running", doneStatus: "Imported", failed: "Stopped", undoing: "Being undone", undone: "Undone",
        rows: { one: "{count} row", other: "{count} rows" }, created: "{count} created", updated: "{count} updated", skipped: "{count} skipped", refused: "{count} with errors",
        comma: "separated by commas", semicolon: "separated by semicolons", tab: "separated by tabs", pipe: "separated by bars", noHeader: "without a header row",
        errorFile: "Download the rows with errors", undo: "Undo the import", quoted: "“{value}”", progress: "Progress of {file}", of: "{done} of {total} rows",
    },
});

const t = importTexts;

export const statusName = (status: ImportStatus): string => t(status === "done" ? "doneStatus" : status);

export const statusTone = (status: ImportStatus): Tone =>
    ({ analysed: "warning", checking: "info", checked: "warning", running: "info", done: "success", failed: "danger", undoing: "info", undone: "plain" } as const)[status];

/** Whether the server works on it now. */
export const isGoing = (status: ImportStatus): boolean => status === "checking" || status === "running" || status === "undoing";

/** Whether it wrote something that can be taken back. */
export const canUndo = (one: ImportSummary): boolean => one.status === "done" || (one.status === "failed" && one.started_at !== null);

const encodings: Record<string, string> = { "utf-8": "UTF-8", "utf-16le": "UTF-16", "utf-16be": "UTF-16", "windows-1252": "Windows-1252", "iso-8859-1": "ISO 8859-1", "iso-8859-15": "ISO 8859-15", "macroman": "Mac Roman" };
const separators: Record<string, "comma" | "semicolon" | "tab" | "pipe"> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe" };

/** What was found of the file as such: `8.800 righe · UTF-8 · separatore virgola`. */
export function foundWords(one: ImportSummary, withSize = false): string {
    const separator = separators[one.separator];
    return [
        t("rows", { count: one.rows }),
        withSize ? bytes(one.file_size) : "",
        encodings[one.encoding.toLowerCase()] ?? one.encoding.toUpperCase(),
        separator ? t(separator) : one.separator,
        one.has_header ? "" : t("noHeader"),
    ].filter(Boolean).join(" · ");
}

/** What became of the rows: `8.798 create · 2 con errori`. */
export function countWords({ create, update, skip, error }: ImportSummary["counts"]): string {
    return [create && t("created", { count: create }), update && t("updated", { count: update }), skip && t("skipped", { count: skip }), error && t("refused", { count: error })].filter(Boolean).join(" · ");
}
