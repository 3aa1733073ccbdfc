import { texts } from "../../app/language";
import { Link, to } from "../../app/router";
import { useMeta } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import type { ImportDocument } from "./types";

const t = texts({
    it: { title: { one: "Un record è rimasto com'è", other: "{count} record sono rimasti come sono" }, record: "Record", why: "Perché", changed: "Qualcuno l'ha modificato dopo l'importazione", referenced: "Altri record ne hanno bisogno", out_of_scope: "Non hai più il permesso di vederlo", hidden: "Un record che non vedi" },
    en: { title: { one: "One record stays as it is", other: "{count} records stay as they are" }, record: "Record", why: "Why", changed: "Someone has changed it after the import", referenced: "Other records need it", out_of_scope: "You may not see it any more", hidden: "A record that you don't see" },
});

/** What an undo had to leave, and why. */
export function KeptRecords({ entity, document }: { entity: EntityMeta; document: ImportDocument }) {
    const meta = useMeta();
    if (!document.kept.length) return null;
    const why = (reason: string) => (reason === "changed" || reason === "referenced" || reason === "out_of_scope" ? t(reason) : meta.meta.messages[`error.${reason}`] ?? meta.meta.messages[`problem.${reason}`] ?? "");
    return (
        <section className="import-section" aria-labelledby="import-kept">
            <h2 id="import-kept">{t("title", { count: document.kept.length })}</h2>
            <div className="import-scroll" tabIndex={0} role="group" aria-labelledby="import-kept">
                <table className="import-table">
                    <thead><tr><th scope="col">{t("record")}</th><th scope="col">{t("why")}</th></tr></thead>
                    <tbody>{document.kept.map((one) => <tr key={one.id}><td>{one.label ? <Link href={to(`${entity.path}/${one.id}`)}>{one.label}</Link> : t("hidden")}</td><td>{why(one.reason)}</td></tr>)}</tbody>
                </table>
            </div>
        </section>
    );
}
