import { useRef } from "react";
import fold from "bootstrap-icons/layout-sidebar.svg";
import search from "bootstrap-icons/search.svg";
import { Avatar } from "../../design/Badge";
import { IconButton, Kbd } from "../../design/Button";
import { Icon } from "../../design/Icon";
import { texts } from "../language";
import { Link, to, usePlace } from "../router";
import { roleName } from "../settings/roleName";
import { useSession } from "../session";
import { StartCard } from "../start/StartCard";
import { AccountMenu } from "./AccountMenu";
import { openCommandMenu } from "./CommandMenu";
import { useDestinations, type Destination } from "./destinations";
import { useDrawer } from "./drawer";
import { keysText } from "./keys";
import { number } from "../../kernel/format/format";
import { useUnread } from "./notifications";
import { OrganizationMenu } from "./OrganizationMenu";
import { closeSidebar, turnSidebar, useSidebarFolded, useSidebarOpen } from "./sidebarState";

export { useNavigation } from "./navigation";

const t = texts({
    it: { search: "Cerca o vai a…", main: "Navigazione principale", fold: "Riduci il menu", unfold: "Allarga il menu", menu: "Menu", unread: { one: "{count} da leggere", other: "{count} da leggere" } },
    en: { search: "Search or go to…", main: "Main navigation", fold: "Fold the menu", unfold: "Unfold the menu", menu: "Menu", unread: { one: "{count} unread", other: "{count} unread" } },
});

/** The navigation: at the side, as icons only where someone folded it, as a drawer on narrow screens. */
export function Sidebar() {
    const sections = useDestinations();
    const { profile, meta } = useSession();
    const isOpen = useSidebarOpen();
    const isFolded = useSidebarFolded();
    const drawer = useRef<HTMLDivElement>(null);
    useDrawer(drawer, isOpen, closeSidebar);
    return (
        <>
            {isOpen && <div className="sidebar-shade" onClick={closeSidebar} />}
            <div
                ref={drawer}
                className={["sidebar", isOpen && "open", isFolded && "folded"].filter(Boolean).join(" ")}
                {...(isOpen ? { role: "dialog", "aria-modal": true, "aria-label": t("menu") } : { role: "complementary" })}
            >
                <OrganizationMenu />
                <button type="button" className="search-opener" onClick={openCommandMenu} title={`${t("search")} (${keysText("mod+k")})`} aria-label={t("search")}>
                    <Icon svg={search} />
                    <span className="grow truncate foldable">{t("search")}</span>
                    <span className="foldable"><Kbd>{keysText("mod+k")}</Kbd></span>
                </button>
                <nav aria-label={t("main")}>
                    {sections.filter((section) => section.entries.length).map((section) => (
                        <section key={section.id}>
                            {section.label && <h2 className="nav-heading"><span className="foldable">{section.label}</span></h2>}
                            <ul>{section.entries.map((entry) => <NavItem key={entry.path} entry={entry} />)}</ul>
                        </section>
                    ))}
                </nav>
                <StartCard />
                <div className="sidebar-foot">
                    <AccountMenu>
                        <Avatar name={profile.user.name} large />
                        <span className="grow truncate foldable">
                            <strong className="truncate">{profile.user.name}</strong>
                            <span className="muted small truncate">{profile.role && roleName(profile.role, meta)}</span>
                        </span>
                    </AccountMenu>
                    <IconButton look="plain" bar className="only-wide" icon={fold} label={t(isFolded ? "unfold" : "fold")} shortcut="[" onClick={turnSidebar} />
                </div>
            </div>
        </>
    );
}

function NavItem({ entry }: { entry: Destination }) {
    const { parts } = usePlace();
    const unread = useUnread();
    const count = entry.path === "notifications" && unread ? unread : null;
    const tooltip = entry.letter ? `${entry.label} (${keysText(`g ${entry.letter}`)})` : entry.label;
    return (
        <li>
            <Link className="nav-item" href={to(entry.path)} title={tooltip} aria-current={parts[0] === entry.path ? "page" : undefined} onClick={closeSidebar}>
                <Icon svg={entry.icon} />
                <span className="grow truncate foldable">{entry.label}</span>
                {count !== null && <span className="count"><span aria-hidden="true">{count > 99 ? "99+" : number(count)}</span><span className="visually-hidden">{t("unread", { count })}</span></span>}
            </Link>
        </li>
    );
}
