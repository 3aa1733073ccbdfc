import { Skeleton } from "../design/Badge";
import { Button } from "../design/Button";
import { usePages } from "../kernel/api/usePages";
import { fullInstant, instant } from "../kernel/format/format";
import { eventName } from "./events";
import { t } from "./texts";

interface Entry {
    id: string;
    at: string;
    event: string;
    by: { name: string | null } | null;
    subject_name?: string | null;
    address: string | null;
}

/** What the vendor's people did. */
export function SecurityPage() {
    const { items, more } = usePages<Entry>("/vendor/security-audit", {});
    return (
        <>
            <header className="header"><h1>{t("security")}</h1></header>
            <div className="page">
                <div className="sheet-scroll" tabIndex={0}>
                    <table className="sheet">
                        <thead><tr><th scope="col">{t("when")}</th><th scope="col">{t("what")}</th><th scope="col">{t("who")}</th><th scope="col">{t("about")}</th><th scope="col">{t("address")}</th></tr></thead>
                        <tbody>
                            {items === null && [1, 2, 3, 4].map((one) => <tr key={one}><td colSpan={5}><Skeleton width={320} /></td></tr>)}
                            {items?.map((entry) => (
                                <tr key={entry.id}>
                                    <td><time dateTime={entry.at} title={fullInstant(entry.at)}>{instant(entry.at)}</time></td>
                                    <td>{eventName(entry.event)}</td>
                                    <td>{entry.by?.name ?? t("system")}</td>
                                    <td className={entry.subject_name && entry.subject_name !== entry.by?.name ? "" : "wide-only"} data-label={t("about")}>{entry.subject_name ?? "—"}</td>
                                    <td className={entry.address ? "" : "wide-only"}>{entry.address ?? "—"}</td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
                {more && <div className="page-actions"><Button onClick={() => void more()}>{t("more")}</Button></div>}
            </div>
        </>
    );
}
