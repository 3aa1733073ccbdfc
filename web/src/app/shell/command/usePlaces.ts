import { useEffect, useState } from "react";
import bookmark from "bootstrap-icons/bookmark.svg";
import gear from "bootstrap-icons/gear.svg";
import { api } from "../../../kernel/api/client";
import { openWords, type SavedView } from "../../../kernel/collection/saved/viewStore";
import { useMeta } from "../../../kernel/meta/meta";
import type { Page } from "../../../kernel/records/types";
import { isSetup } from "../../../plugins/all";
import { texts } from "../../language";
import { go, to } from "../../router";
import type { Command } from "./types";

const t = texts({
    it: {
        settings: "Impostazioni", profile: "Profilo", security: "Password e sicurezza", organization: "Dati dell'organizzazione", branding: "Colori e logo", plugins: "Moduli attivi", members: "Persone e inviti",
        teams: "Team", roles: "Ruoli e permessi", keys: "Chiavi API", audit: "Registro delle modifiche", securityAudit: "Registro degli accessi", jobs: "Lavori in corso", start: "Primi passi", savedView: "Vista di {label}",
    },
    en: {
        settings: "Settings", profile: "Profile", security: "Password and security", organization: "Organization details", branding: "Colours and logo", plugins: "Active modules", members: "People and invitations",
        teams: "Teams", roles: "Roles and permissions", keys: "API keys", audit: "Activity log", securityAudit: "Security log", jobs: "Running jobs", start: "First steps", savedView: "View of {label}",
    },
});

const pages: { path: string; label: Parameters<typeof t>[0]; permission?: string }[] = [
    { path: "settings/profile", label: "profile" },
    { path: "settings/security", label: "security" },
    { path: "settings/organization", label: "organization", permission: "settings.read" },
    { path: "settings/branding", label: "branding", permission: "settings.read" },
    { path: "settings/plugins", label: "plugins", permission: "settings.write" },
    { path: "settings/members", label: "members", permission: "users.read" },
    { path: "settings/teams", label: "teams", permission: "teams.read" },
    { path: "settings/roles", label: "roles", permission: "roles.read" },
    { path: "settings/api-keys", label: "keys", permission: "integrations.manage" },
    { path: "settings/audit", label: "audit", permission: "audit.read" },
    { path: "settings/security-audit", label: "securityAudit", permission: "audit.read" },
    { path: "settings/jobs", label: "jobs", permission: "kernel.job.read" },
    { path: "start", label: "start" },
];

/** Places that the navigation does not show: pages of the settings, what is set up there, saved views. */
export function usePlaces(): Command[] {
    const meta = useMeta();
    const views = useSavedViews();
    const settings = pages.filter((one) => !one.permission || meta.holds(one.permission)).map((one): Command => ({
        key: `go ${one.path}`, label: t(one.label), icon: gear, words: t("settings"), aside: one.path.startsWith("settings") ? t("settings") : "", run: () => go(to(one.path)),
    }));
    const setup = meta.meta.entities.filter((one) => isSetup(one.name) && one.operations.includes("list")).map((one): Command => ({
        key: `go ${one.path}`, label: one.label.many, icon: gear, words: t("settings"), aside: t("settings"), run: () => go(to(one.path)),
    }));
    const saved = views.flatMap((view): Command[] => {
        const entity = meta.entity(view.entity);
        return entity ? [{
            key: `view ${view.id}`, label: view.name, icon: bookmark, words: entity.label.many, aside: t("savedView", { label: entity.label.many.toLowerCase() }),
            run: () => go(to(entity.path, openWords(view))),
        }] : [];
    });
    return [...saved, ...settings, ...setup];
}

function useSavedViews(): SavedView[] {
    const meta = useMeta();
    const hasViews = !!meta.entity("kernel.saved_view");
    const [views, setViews] = useState<SavedView[]>([]);
    useEffect(() => {
        if (!hasViews) return;
        const ending = new AbortController();
        api.get<Page>("/saved-views", { limit: 100 }, ending.signal).then((page) => setViews(page.data as SavedView[]), () => undefined);
        return () => ending.abort();
    }, [hasViews]);
    return views;
}
