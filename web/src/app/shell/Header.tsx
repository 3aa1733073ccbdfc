import { useEffect, type ReactNode } from "react";
import list from "bootstrap-icons/list.svg";
import { IconButton } from "../../design/Button";
import { texts } from "../language";
import { Link } from "../router";
import { useSession } from "../session";
import { openSidebar } from "./sidebarState";

const t = texts({ it: { menu: "Menu", path: "Percorso" }, en: { menu: "Menu", path: "Breadcrumb" } });

interface Props {
    title: string;
    /** Where one comes from: shown before the title. */
    parent?: { label: string; href: string };
    /** Buttons at the right; at most one is primary. */
    actions?: ReactNode;
}

/** The head of every page: where one is, and what can be done here. It names the page in the browser's title too. */
export function Header({ title, parent, actions }: Props) {
    const { organization } = useSession();
    useEffect(() => {
        document.title = `${title} · ${organization.name}`;
    }, [title, organization.name]);
    return (
        <header className="header">
            <IconButton look="plain" className="only-narrow" icon={list} label={t("menu")} onClick={openSidebar} />
            <nav className="breadcrumb" aria-label={t("path")}>
                {parent && <><Link href={parent.href}>{parent.label}</Link><span className="muted" aria-hidden="true">/</span></>}
                <h1 className="truncate">{title}</h1>
            </nav>
            {actions && <div className="header-actions">{actions}</div>}
        </header>
    );
}

/** The bar below the head: view tabs, filters, sort. */
export function Bar({ children, label }: { children: ReactNode; label?: string }) {
    return <div className="page-bar" role="toolbar" aria-label={label}>{children}</div>;
}
