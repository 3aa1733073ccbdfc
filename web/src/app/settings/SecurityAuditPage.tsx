import { Skeleton } from "../../design/Badge";
import { Button } from "../../design/Button";
import { fullInstant, instant } from "../../kernel/format/format";
import { useMeta } from "../../kernel/meta/meta";
import { texts } from "../language";
import { t } from "./texts";
import { usePages } from "../../kernel/api/usePages";

const words = texts({ it: { address: "Indirizzo", about: "Riguarda" }, en: { address: "Address", about: "About" } });

interface Entry {
    id: string;
    at: string;
    event: string;
    by: { name: string | null };
    subject_name: string | null;
    address: string | null;
}

/** What concerns security: log-ins, failures, role changes, exports. */
export function SecurityAuditPage() {
    const meta = useMeta();
    const { items, more } = usePages<Entry>("/security-audit", {});
    return (
        <section>
            <div className="sheet-scroll" tabIndex={0}>
                <table className="sheet">
                    <thead><tr><th scope="col">{t("when")}</th><th scope="col">{t("what")}</th><th scope="col">{t("who")}</th><th scope="col">{words("about")}</th><th scope="col">{words("address")}</th></tr></thead>
                    <tbody>
                        {items === null && [1, 2, 3, 4, 5, 6].map((one) => <tr key={one}><td colSpan={5}><Skeleton width={320} /></td></tr>)}
                        {items?.map((entry) => (
                            <tr key={entry.id}>
                                <td><time dateTime={entry.at} title={fullInstant(entry.at)}>{instant(entry.at)}</time></td>
                                <td>{meta.message(`security.${entry.event}`).replace(/^security\./, "")}</td>
                                <td>{entry.by.name ?? t("system")}</td>
                                <td className={entry.subject_name && entry.subject_name !== entry.by.name ? "" : "wide-only"} data-label={words("about")}>{entry.subject_name ?? "—"}</td>
                                <td className={entry.address ? "" : "wide-only"}>{entry.address ?? "—"}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
            {more && <div className="page-actions"><Button onClick={() => void more()}>{t("more")}</Button></div>}
        </section>
    );
}
