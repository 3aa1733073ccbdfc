import { useEffect, useRef, type ComponentType } from "react";
import { useMeta, type MetaIndex } from "../../kernel/meta/meta";
import { isSetup } from "../../plugins/all";
import { Link, to, usePlace } from "../router";
import { Header } from "../shell/Header";
import { NotFound } from "../shell/NotFound";
import { AuditPage } from "./AuditPage";
import { BrandingPage } from "./BrandingPage";
import { JobsPage } from "./JobsPage";
import { KeysPage } from "./KeysPage";
import { MembersPage } from "./MembersPage";
import { OrganizationPage } from "./OrganizationPage";
import { PluginsPage } from "./PluginsPage";
import { ProfilePage } from "./ProfilePage";
import { RolesPage } from "./RolesPage";
import { SecurityAuditPage } from "./SecurityAuditPage";
import { SecurityPage } from "./SecurityPage";
import { TeamsPage } from "./TeamsPage";
import { t } from "./texts";

type Group = "you" | "organization" | "access" | "watch";

interface Section {
    path: string;
    label: Parameters<typeof t>[0];
    group: Group;
    /** Shown to those who hold it. */
    permission?: string;
    page: ComponentType;
}

const sections: Section[] = [
    { path: "profile", label: "profile", group: "you", page: ProfilePage },
    { path: "security", label: "security", group: "you", page: SecurityPage },
    { path: "organization", label: "general", group: "organization", permission: "settings.read", page: OrganizationPage },
    { path: "branding", label: "branding", group: "organization", permission: "settings.read", page: BrandingPage },
    { path: "plugins", label: "plugins", group: "organization", permission: "settings.write", page: PluginsPage },
    { path: "members", label: "members", group: "access", permission: "users.read", page: MembersPage },
    { path: "teams", label: "teams", group: "access", permission: "teams.read", page: TeamsPage },
    { path: "roles", label: "roles", group: "access", permission: "roles.read", page: RolesPage },
    { path: "api-keys", label: "keys", group: "access", permission: "integrations.manage", page: KeysPage },
    { path: "audit", label: "audit", group: "watch", permission: "audit.read", page: AuditPage },
    { path: "security-audit", label: "securityAudit", group: "watch", permission: "audit.read", page: SecurityAuditPage },
    { path: "jobs", label: "jobs", group: "watch", permission: "kernel.job.read", page: JobsPage },
];

/** The pages of the settings that the caller may open. */
export const openSections = (meta: MetaIndex): Section[] => sections.filter((one) => !one.permission || meta.holds(one.permission));

/** The organization's administration and the person's own settings: a list of pages at the side, the chosen one beside it. */
export default function SettingsPage() {
    const meta = useMeta();
    const nav = useRef<HTMLElement>(null);
    const { parts } = usePlace();
    const open = openSections(meta);
    const current = open.find((one) => one.path === (parts[1] ?? "profile"));
    // Newer browsers answer with a promise, which is nothing to clean up with.
    useEffect(() => {
        void nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
    }, [current]);
    if (!current) return <NotFound />;
    const setup = meta.meta.entities.filter((entity) => isSetup(entity.name) && entity.operations.includes("list"));
    const Page = current.page;
    return (
        <>
            <Header title={t(current.label)} parent={{ label: t("settings"), href: to("settings") }} />
            <div className="settings">
                <nav className="settings-nav" ref={nav} aria-label={t("settings")}>
                    {(["you", "organization", "access", "watch"] as const).map((group) => {
                        const listed = open.filter((one) => one.group === group);
                        if (!listed.length) return null;
                        return (
                            <section key={group}>
                                <h2 className="nav-heading">{t(group)}</h2>
                                <ul>
                                    {listed.map((one) => (
                                        <li key={one.path}><Link className="nav-item" href={to(`settings/${one.path}`)} aria-current={one === current ? "page" : undefined}>{t(one.label)}</Link></li>
                                    ))}
                                </ul>
                            </section>
                        );
                    })}
                    {setup.length > 0 && (
                        <section>
                            <h2 className="nav-heading">{t("records")}</h2>
                            <ul>{setup.map((entity) => <li key={entity.name}><Link className="nav-item" href={to(entity.path)}>{entity.label.many}</Link></li>)}</ul>
                        </section>
                    )}
                </nav>
                <div className="settings-page"><Page key={current.path} /></div>
            </div>
        </>
    );
}
