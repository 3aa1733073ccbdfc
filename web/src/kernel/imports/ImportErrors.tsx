import downloadIcon from "bootstrap-icons/download.svg";
import { texts } from "../../app/language";
import { Button } from "../../design/Button";
import * as format from "../format/format";
import { importTexts } from "./importTexts";
import { saveErrors } from "./saveErrors";
import { alike } from "./alike";
import type { ImportDocument } from "./types";

const t = texts({
    it: { title: "Che cosa non va", line: "Righe", more: "{lines} e altre {count}", column: "Colonna", value: "Valore", why: "Perché", first: "I primi {count} errori; nel file ci sono tutti, con le righe come le hai mandate." },
    en: { title: "What is wrong", line: "Lines", more: "{lines} and {count} more", column: "Column", value: "Value", why: "Why", first: "The first {count} errors; the file has all of them, with the rows as you sent them." },
});

/** The lines of one fault, the first few by number. */
function words(lines: number[]): string {
    const first = lines.slice(0, 4).map((line) => format.number(line)).join(", ");
    return lines.length > 4 ? t("more", { lines: first, count: lines.length - 4 }) : first;
}

/** The first errors, those that are alike in one: where they stand in the file, and why. */
export function ImportErrors({ document }: { document: ImportDocument }) {
    if (!document.errors.length) return null;
    return (
        <section className="import-section" aria-labelledby="import-errors">
            <div className="row">
                <h2 id="import-errors" className="grow">{t("title")}</h2>
                {!document.file_removed_at && <Button bar icon={downloadIcon} onClick={() => saveErrors(document)}>{importTexts("errorFile")}</Button>}
            </div>
            <div className="import-scroll" tabIndex={0} role="group" aria-labelledby="import-errors">
                <table className="import-table import-errors">
                    <thead><tr><th scope="col">{t("column")}</th><th scope="col">{t("value")}</th><th scope="col">{t("why")}</th><th scope="col">{t("line")}</th></tr></thead>
                    <tbody>
                        {alike(document.errors).map((one, index) => (
                            <tr key={index}>
                                <td>{one.column ?? "—"}</td>
                                <td><span className="truncate" title={one.value ?? ""}>{one.value ? importTexts("quoted", { value: one.value }) : "—"}</span></td>
                                <td className="import-why">{one.message}</td>
                                <td className="muted">{words(one.lines)}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
            {document.errors.length >= 100 && <p className="muted small">{t("first", { count: document.errors.length })}</p>}
        </section>
    );
}
