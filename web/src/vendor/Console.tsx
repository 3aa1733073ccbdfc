import { useEffect, useState } from "react";
import building from "bootstrap-icons/building.svg";
import leave from "bootstrap-icons/box-arrow-right.svg";
import shield from "bootstrap-icons/shield-check.svg";
import { Avatar, Skeleton } from "../design/Badge";
import { Icon } from "../design/Icon";
import { IconButton } from "../design/Button";
import { api } from "../kernel/api/client";
import { useLoaded } from "../kernel/api/useLoaded";
import { OrganizationPage } from "./OrganizationPage";
import { OrganizationsPage } from "./OrganizationsPage";
import { SecurityPage } from "./SecurityPage";
import { t } from "./texts";

interface VendorProfile {
    user: { id: string; name: string; email: string; role: string };
}

/** Where the console is: the part of the address behind `/vendor`. */
function useAddress(): [string[], (path: string) => void] {
    const read = () => window.location.pathname.split("/").slice(2).filter(Boolean).map(decodeURIComponent);
    const [parts, setParts] = useState(read);
    useEffect(() => {
        const changed = () => setParts(read());
        window.addEventListener("popstate", changed);
        return () => window.removeEventListener("popstate", changed);
    }, []);
    const open = (path: string) => {
        window.history.pushState(null, "", `/vendor/${path}`.replace(/\/$/, ""));
        setParts(read());
    };
    return [parts, open];
}

/** The vendor's own rooms: the organizations with what they use, and the security log. No tenant's data is seen here. */
export function Console() {
    const [parts, open] = useAddress();
    const { data } = useLoaded<VendorProfile>("/vendor/me");
    const [first, second] = parts;
    useEffect(() => {
        document.title = t("console");
    }, []);
    if (!data) return <div className="header" aria-busy="true"><Skeleton width={180} height={16} /></div>;
    const item = (path: string, label: string, icon: string, current: boolean) => (
        <li>
            <a className="nav-item" href={`/vendor/${path}`} aria-current={current ? "page" : undefined} onClick={(event) => { event.preventDefault(); open(path); }}>
                <Icon svg={icon} /><span className="truncate">{label}</span>
            </a>
        </li>
    );
    const logOut = () => void api.post("/vendor/auth/logout").catch(() => undefined).then(() => window.location.assign("/vendor/login"));
    return (
        <div className="shell vendor-shell">
            <aside className="sidebar vendor-sidebar">
                <div className="organization"><span className="organization-mark" aria-hidden="true">S</span><strong className="grow truncate">{t("console")}</strong></div>
                <nav aria-label={t("console")}>
                    <ul>
                        {item("organizations", t("organizations"), building, first !== "security")}
                        {item("security", t("security"), shield, first === "security")}
                    </ul>
                    <p className="small muted vendor-note">{t("noTenant")}</p>
                </nav>
                <div className="account">
                    <Avatar name={data.user.name} large />
                    <span className="truncate grow"><strong className="truncate">{data.user.name}</strong><span className="muted small truncate">{data.user.email}</span></span>
                    <IconButton look="plain" bar icon={leave} label={t("leave")} onClick={logOut} />
                </div>
            </aside>
            <main className="content" id="content">
                {first === "security" ? <SecurityPage /> : second ? <OrganizationPage key={second} id={second} onBack={() => open("organizations")} /> : <OrganizationsPage onOpen={(id) => open(`organizations/${id}`)} />}
            </main>
        </div>
    );
}
