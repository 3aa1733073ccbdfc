import { texts } from "../../app/language";
import { Link, to } from "../../app/router";
import type { EntityMeta } from "../meta/types";
import { foundWords } from "./importTexts";
import type { ImportDocument } from "./types";

const t = texts({
    it: { found: "Che cosa c'è nel file", into: "Diventeranno: {many}.", wrong: "Se le lettere accentate o le colonne non tornano, salva il file come CSV UTF-8 e mandalo di nuovo.", other: "Manda un altro file" },
    en: { found: "What is in the file", into: "They become: {many}.", wrong: "If accented letters or columns look wrong, save the file as CSV UTF-8 and send it again.", other: "Send another file" },
});

/** What was found in the file that was sent: its first rows as they were read. */
export function FileStep({ entity, document }: { entity: EntityMeta; document: ImportDocument }) {
    return (
        <div className="import-page">
            <p className="import-intro">{foundWords(document, true)}. {t("into", { many: entity.label.many })}</p>
            <div className="import-scroll" tabIndex={0} role="group" aria-label={t("found")}>
                <table className="import-table import-samples">
                    <thead><tr>{document.columns.map((one) => <th scope="col" key={one.column}>{one.column}</th>)}</tr></thead>
                    <tbody>{[0, 1, 2, 3, 4].map((index) => <tr key={index}>{document.columns.map((one) => <td key={one.column}><span className="truncate">{one.samples[index] ?? ""}</span></td>)}</tr>)}</tbody>
                </table>
            </div>
            <p className="muted">{t("wrong")}</p>
            <div className="import-after"><Link className="button" href={to("imports/new", { entity: entity.name })}>{t("other")}</Link></div>
        </div>
    );
}
