import { useEffect, useState } from "react";
import { api } from "../api/client";
import { Problem } from "../api/problem";
import { onChange } from "../stream/stream";

/** Someone who has the record open. */
export interface Viewer {
    id: string;
    name: string;
    since: string;
}

const every = 20_000;
/** Whether the server keeps count: unknown until it has answered, no more asked once it has said no. */
let offered: boolean | null = null;

/** Tells the server that one looks at the record as long as it is on the screen, and who else does. Where the server does not keep count, nobody is shown and it is not asked again. */
export function usePresence(type: string, id: string, self: string): Viewer[] {
    const [viewers, setViewers] = useState<Viewer[]>([]);
    useEffect(() => {
        if (offered === false) return;
        let timer: ReturnType<typeof setTimeout> | undefined;
        let ended = false;
        const show = (all: Viewer[]) => !ended && setViewers(all.filter((one) => one.id !== self));
        const tell = async () => {
            clearTimeout(timer);
            if (document.visibilityState === "visible") {
                try {
                    show((await api.put<{ data: Viewer[] }>("/presence", { type, id })).data);
                    offered = true;
                } catch (error) {
                    if (error instanceof Problem && (error.status === 404 || error.status === 405)) {
                        // The first answer speaks of the route, later ones of a record that is gone.
                        offered ??= false;
                        return;
                    }
                }
            }
            if (!ended) timer = setTimeout(() => void tell(), every);
        };
        void tell();
        const end = onChange((change) => {
            if (change.event !== "presence" || change.id !== id) return;
            if (Array.isArray(change["people"])) show(change["people"] as Viewer[]);
            else if (offered) void tell();
        });
        const seen = () => document.visibilityState === "visible" && offered && void tell();
        document.addEventListener("visibilitychange", seen);
        return () => {
            ended = true;
            clearTimeout(timer);
            end();
            document.removeEventListener("visibilitychange", seen);
            setViewers([]);
            if (offered) void api.delete("/presence", { query: { type, id } }).catch(() => undefined);
        };
    }, [type, id, self]);
    return viewers;
}
