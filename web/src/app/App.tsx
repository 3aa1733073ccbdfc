import { useCallback, useEffect, useMemo, useState } from "react";
import { explain, Problem } from "../kernel/api/problem";
import { MetaContext } from "../kernel/meta/meta";
import { records } from "../kernel/records/cache";
import { createRecord } from "../kernel/create/createRecord";
import { sendEdit } from "../kernel/records/change";
import { keepRecordsLive } from "../kernel/records/live";
import { openOutbox } from "../kernel/records/outbox";
import { openStream } from "../kernel/stream/stream";
import { usePlace } from "./router";
import { openSession, SessionContext, type Session } from "./session";
import { followNotifications } from "./shell/notifications";
import { sayBackOnline } from "./shell/connection";
import { Shell } from "./shell/Shell";
import { ShellSkeleton } from "./shell/ShellSkeleton";
import { Trouble } from "./shell/Trouble";
import { showBranding, showTheme } from "./theme";

type Opened = Omit<Session, "reload">;

/** Opens the organization that the address names and shows the shell in it. */
export function App() {
    const { slug } = usePlace();
    const [opened, setOpened] = useState<Opened | null>(null);
    const [problem, setProblem] = useState<unknown>(null);
    const open = useCallback(async () => {
        try {
            const next = await openSession(slug);
            if (next.organization.slug !== slug) throw new Problem(404, { code: "not_a_member" });
            showTheme(next.profile.user.theme ?? "system");
            showBranding(next.organization);
            setProblem(null);
            setOpened(next);
        } catch (error) {
            setProblem(error);
        }
    }, [slug]);
    useEffect(() => {
        records.clear();
        setOpened(null);
        void open();
    }, [open]);
    const organization = opened?.organization.id;
    useEffect(() => (organization ? openStream(organization) : undefined), [organization]);
    useEffect(() => (organization ? followNotifications() : undefined), [organization]);
    const meta = opened?.meta;
    useEffect(() => (meta ? keepRecordsLive(meta) : undefined), [meta]);
    const person = opened?.memberId;
    useEffect(() => (organization && person && meta ? openOutbox(`${organization}-${person}`, meta, { edit: sendEdit, create: createRecord }, sayBackOnline) : undefined), [organization, person, meta]);
    const session = useMemo<Session | null>(() => (opened ? { ...opened, reload: open } : null), [opened, open]);
    if (problem && !(problem instanceof Problem && problem.status === 401)) return <Trouble isPage text={explain(problem)} code={problem instanceof Problem ? problem.code : ""} onRetry={open} />;
    if (!session) return <ShellSkeleton />;
    return (
        <SessionContext.Provider value={session}>
            <MetaContext.Provider value={session.meta}>
                <Shell key={session.meta.meta.language} />
            </MetaContext.Provider>
        </SessionContext.Provider>
    );
}
