import { useState } from "react";
import { Dot, Empty, Skeleton } from "../design/Badge";
import { Button } from "../design/Button";
import { usePages } from "../kernel/api/usePages";
import { instantDate } from "../kernel/format/format";
import { t } from "./texts";
import { countryName, planName } from "./words";

export interface Organization {
    id: string;
    slug: string;
    name: string;
    country: string | null;
    plan: string;
    status: string;
    suspended_reason: string | null;
    suspended_at: string | null;
    created_at: string;
}

export const StatusDot = ({ status }: { status: string }) => <Dot tone={status === "active" ? "success" : "danger"}>{t(status === "active" ? "active" : "suspended")}</Dot>;

/** All organizations: searched, filtered by status, sorted. */
export function OrganizationsPage({ onOpen }: { onOpen: (id: string) => void }) {
    const [search, setSearch] = useState("");
    const [status, setStatus] = useState("");
    const [sort, setSort] = useState("name");
    const { items, more } = usePages<Organization>("/vendor/organizations", { q: search.trim() || undefined, status: status || undefined, sort });
    return (
        <>
            <header className="header"><h1>{t("organizations")}</h1></header>
            <div className="page">
                <div className="page-actions">
                    <input className="input bar settings-search" type="search" aria-label={t("search")} placeholder={t("search")} value={search} onChange={(event) => setSearch(event.target.value)} />
                    <select className="input bar sheet-filter" aria-label={t("status")} value={status} onChange={(event) => setStatus(event.target.value)}>
                        <option value="">{t("status")}: {t("all").toLowerCase()}</option>
                        <option value="active">{t("active")}</option>
                        <option value="suspended">{t("suspended")}</option>
                    </select>
                    <select className="input bar sheet-filter" aria-label={t("sort")} value={sort} onChange={(event) => setSort(event.target.value)}>
                        <option value="name">{t("sort")}: {t("byName").toLowerCase()}</option>
                        <option value="-created_at">{t("sort")}: {t("byAge").toLowerCase()}</option>
                    </select>
                </div>
                {items?.length === 0 ? <Empty title={t("none")}>{t("noneText")}</Empty> : (
                    <div className="sheet-scroll" tabIndex={0}>
                        <table className="sheet">
                            <thead><tr><th scope="col">{t("name")}</th><th scope="col">{t("status")}</th><th scope="col">{t("plan")}</th><th scope="col">{t("country")}</th><th scope="col">{t("since")}</th></tr></thead>
                            <tbody>
                                {items === null && [1, 2, 3, 4, 5].map((one) => <tr key={one}><td colSpan={5}><Skeleton width={320} /></td></tr>)}
                                {items?.map((one) => (
                                    <tr key={one.id}>
                                        <td className="vendor-name"><a href={`/vendor/organizations/${one.id}`} onClick={(event) => { event.preventDefault(); onOpen(one.id); }}>{one.name}</a><span className="muted small">{one.slug}</span></td>
                                        <td><StatusDot status={one.status} /></td>
                                        <td>{planName(one.plan)}</td>
                                        <td className={one.country ? "" : "wide-only"}>{countryName(one.country)}</td>
                                        <td>{instantDate(one.created_at)}</td>
                                    </tr>
                                ))}
                            </tbody>
                        </table>
                    </div>
                )}
                {more && <div className="page-actions"><Button onClick={() => void more()}>{t("more")}</Button></div>}
            </div>
        </>
    );
}
