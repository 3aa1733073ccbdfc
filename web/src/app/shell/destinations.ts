import bell from "bootstrap-icons/bell.svg";
import gear from "bootstrap-icons/gear.svg";
import upload from "bootstrap-icons/upload.svg";
import { can, useMeta } from "../../kernel/meta/meta";
import { texts } from "../language";
import { useUnread } from "./notifications";
import { assignLetters } from "./letters";
import { useNavigation } from "./navigation";

const t = texts({
    it: { notifications: "Notifiche", imports: "Importazioni", settings: "Impostazioni", organization: "Organizzazione" },
    en: { notifications: "Notifications", imports: "Imports", settings: "Settings", organization: "Organization" },
});

/** A page of the navigation. */
export interface Destination {
    path: string;
    label: string;
    icon: string;
    /** Pressed after G, it goes there. */
    letter: string | null;
}

export interface DestinationSection {
    id: string;
    label: string | null;
    entries: Destination[];
}

/** All that the navigation leads to, as far as the person may go there, each with its letter. */
export function useDestinations(): DestinationSection[] {
    const meta = useMeta();
    const sections = useNavigation();
    const hasNotifications = useUnread() !== null;
    const canImport = meta.meta.entities.some((entity) => can(entity, "import"));
    const all = [
        { id: "own", label: null, entries: hasNotifications ? [{ path: "notifications", label: t("notifications"), icon: bell }] : [] },
        ...sections,
        { id: "organization", label: t("organization"), entries: [...(canImport ? [{ path: "imports", label: t("imports"), icon: upload }] : []), { path: "settings", label: t("settings"), icon: gear }] },
    ];
    const letters = assignLetters(all.flatMap((section) => section.entries.map((entry) => entry.label)));
    let next = 0;
    return all.map((section) => ({ ...section, entries: section.entries.map((entry) => ({ ...entry, letter: letters[next++] ?? null })) }));
}
