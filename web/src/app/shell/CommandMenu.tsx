import { lazy, Suspense, useEffect, useState } from "react";
import { usePlace } from "../router";
import { useSession } from "../session";
import { useMeta } from "../../kernel/meta/meta";
import { noteRecent } from "./command/recents";

const opened = "stratikey-command";
const load = () => import("./command/CommandDialog");
const CommandDialog = lazy(load);

/** Opens the command menu. */
export function openCommandMenu() {
    window.dispatchEvent(new Event(opened));
}

/** Where the command menu is shown; stands once in the shell. It notes which records are opened, for the menu to begin with. */
export function CommandMenu() {
    const [isOpen, setOpen] = useState(false);
    const { organization, profile } = useSession();
    const meta = useMeta();
    const { parts, query } = usePlace();
    useEffect(() => {
        const open = () => setOpen(true);
        window.addEventListener(opened, open);
        // Fetched while there is nothing else to do, so that the first opening is as quick as any.
        const timer = setTimeout(() => void load().catch(() => undefined), 2000);
        return () => {
            window.removeEventListener(opened, open);
            clearTimeout(timer);
        };
    }, []);
    const [path, second] = parts;
    const id = second ?? query.get("open");
    useEffect(() => {
        if (path && id && meta.at(path)) noteRecent(organization.id, profile.user.id, { path, id });
    }, [path, id, meta, organization.id, profile.user.id]);
    return isOpen ? <Suspense fallback={null}><CommandDialog onClose={() => setOpen(false)} /></Suspense> : null;
}
