import { language } from "../../app/language";
import { download } from "../api/client";
import { toastProblem } from "../records/change";
import type { ImportSummary } from "./types";

/** Keeps the rows that were not taken, each with the reason, as a file. */
export function saveErrors(one: ImportSummary) {
    const name = one.file_name.replace(/\.[^.]*$/, "");
    download(`/imports/${one.id}/errors.csv`, `${name}-${language() === "it" ? "errori" : "errors"}.csv`).catch(toastProblem);
}
