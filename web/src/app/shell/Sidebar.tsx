import gear from "bootstrap-icons/gear.svg";
import search from "bootstrap-icons/search.svg";
import upload from "bootstrap-icons/upload.svg";
import { Avatar } from "../../design/Badge";
import { Icon } from "../../design/Icon";
import { Kbd } from "../../design/Button";
import { can, useMeta } from "../../kernel/meta/meta";
import { iconOf, isSetup, plugins } from "../../plugins/all";
import { texts } from "../language";
import { Link, to, usePlace } from "../router";
import { useSession } from "../session";
import { openCommandMenu } from "./CommandMenu";
import { AccountMenu } from "./AccountMenu";
import { OrganizationMenu } from "./OrganizationMenu";
import { NotificationsLink } from "./Notifications";
import { closeSidebar, useSidebarOpen } from "./sidebarState";

const t = texts({
    it: { search: "Cerca o vai a…", imports: "Importazioni", settings: "Impostazioni", organization: "Organizzazione", main: "Navigazione principale" },
    en: { search: "Search or go to…", imports: "Imports", settings: "Settings", organization: "Organization", main: "Main navigation" },
});

interface Entry {
    path: string;
    label: string;
    icon: string;
}

/** The sections that metadata gives, one per plugin, each with the plugin's own screens and the entities that are worked with. */
export function useNavigation(): { id: string; label: string; entries: Entry[] }[] {
    const meta = useMeta();
    return meta.meta.plugins.flatMap((plugin) => {
        const listed = new Set(meta.meta.navigation.filter((one) => one.id !== "settings").flatMap((one) => one.items).flatMap((item) => item.entities));
        const entities = meta.meta.entities.filter((entity) => entity.plugin === plugin.id && listed.has(entity.name) && !isSetup(entity.name));
        const screens = (plugins.find((one) => one.id === plugin.id)?.screens ?? []).filter((screen) => !screen.permission || meta.holds(screen.permission));
        const order = Object.keys(plugins.find((one) => one.id === plugin.id)?.icons ?? {});
        entities.sort((a, b) => place(order, a.name) - place(order, b.name));
        const entries = [
            ...entities.map((entity) => ({ path: entity.path, label: entity.label.many, icon: iconOf(entity.name) })),
            ...screens.map((screen) => ({ path: screen.path, label: screen.label(), icon: screen.icon })),
        ];
        return entries.length ? [{ id: plugin.id, label: plugin.label, entries }] : [];
    }).sort((a, b) => Number(b.id === "sales") - Number(a.id === "sales"));
}

const place = (order: string[], name: string) => (order.includes(name) ? order.indexOf(name) : order.length);

export function Sidebar() {
    const sections = useNavigation();
    const meta = useMeta();
    const { profile } = useSession();
    const { parts } = usePlace();
    const open = useSidebarOpen();
    const canImport = meta.meta.entities.some((entity) => can(entity, "import"));
    const item = (entry: Entry) => (
        <li key={entry.path}>
            <Link className="nav-item" href={to(entry.path)} aria-current={parts[0] === entry.path ? "page" : undefined} onClick={closeSidebar}>
                <Icon svg={entry.icon} />
                <span className="truncate">{entry.label}</span>
            </Link>
        </li>
    );
    return (
        <>
            {open && <div className="sidebar-shade" onClick={closeSidebar} />}
            <aside className={open ? "sidebar open" : "sidebar"}>
                <OrganizationMenu />
                <button type="button" className="search-opener" onClick={openCommandMenu}>
                    <Icon svg={search} />
                    <span className="grow truncate">{t("search")}</span>
                    <Kbd>Ctrl K</Kbd>
                </button>
                <nav aria-label={t("main")}>
                    <ul><NotificationsLink /></ul>
                    {sections.map((section) => (
                        <section key={section.id}>
                            <h2 className="nav-heading">{section.label}</h2>
                            <ul>{section.entries.map(item)}</ul>
                        </section>
                    ))}
                    <section>
                        <h2 className="nav-heading">{t("organization")}</h2>
                        <ul>
                            {canImport && item({ path: "imports", label: t("imports"), icon: upload })}
                            {item({ path: "settings", label: t("settings"), icon: gear })}
                        </ul>
                    </section>
                </nav>
                <AccountMenu>
                    <Avatar name={profile.user.name} large />
                    <span className="truncate">
                        <strong className="truncate">{profile.user.name}</strong>
                        <span className="muted small truncate">{profile.role?.name}</span>
                    </span>
                </AccountMenu>
            </aside>
        </>
    );
}
