import { lazy, Suspense, useState, type ComponentType } from "react";
import { Toasts } from "../../design/Toast";
import { Skeleton } from "../../design/Badge";
import { useMeta } from "../../kernel/meta/meta";
import { screenAt } from "../../plugins/all";
import { texts } from "../language";
import { to, usePlace, go } from "../router";
import { DemoBanner } from "../start/DemoBanner";
import { startsHere } from "../start/progress";
import { useSession } from "../session";
import { ErrorBoundary } from "./ErrorBoundary";
import { BottomBar } from "./BottomBar";
import { Overlays } from "./Overlays";
import { Sidebar } from "./Sidebar";
import { useEffect } from "react";
import { NotFound } from "./NotFound";

const t = texts({ it: { skip: "Vai al contenuto" }, en: { skip: "Skip to content" } });

const Collection = lazy(() => import("../../kernel/collection/Collection"));
const RecordPage = lazy(() => import("../../kernel/record/RecordPage"));
const ImportsPage = lazy(() => import("../../kernel/imports/ImportsPage"));
const StartPage = lazy(() => import("../start/StartPage"));
const SettingsPage = lazy(() => import("../settings/SettingsPage"));
const Gallery = process.env.NODE_ENV === "production" ? NotFound : lazy(() => import("../../design/Gallery"));
const NotificationsPage = lazy(() => import("./NotificationsPage"));

/** The frame of every screen: navigation at the side, the page that the address names beside it, and what floats above. */
export function Shell() {
    const { address } = usePlace();
    return (
        <div className="shell">
            <a className="skip" href="#content">{t("skip")}</a>
            <Sidebar />
            <main className="content" id="content" tabIndex={-1}>
                <DemoBanner />
                <ErrorBoundary resetKey={address}>
                    <Suspense fallback={<PageSkeleton />}>
                        <Page />
                    </Suspense>
                </ErrorBoundary>
            </main>
            <BottomBar />
            <ErrorBoundary resetKey={address} quiet><Overlays /></ErrorBoundary>
            <Toasts />
        </div>
    );
}

function PageSkeleton() {
    return <div className="header" aria-busy="true"><Skeleton width={160} height={16} /></div>;
}

function Page() {
    const { parts } = usePlace();
    const meta = useMeta();
    const [first, second] = parts;
    switch (first) {
        case undefined: return <Home />;
        case "imports": return <ImportsPage />;
        case "start": return <StartPage />;
        case "settings": return <SettingsPage />;
        case "ui": return <Gallery />;
        case "notifications": return <NotificationsPage />;
    }
    const screen = screenAt(first);
    if (screen && meta.hasPlugin(screen.plugin) && (!screen.permission || meta.holds(screen.permission))) return <PluginScreen key={first} path={first} />;
    const entity = meta.at(first);
    if (!entity) return <NotFound />;
    return second ? <RecordPage key={second} entity={entity} id={second} /> : <Collection key={entity.name} entity={entity} />;
}

/** Where an organization opens: a new one at its first steps, others at the board of what they sell, else at the first list. */
function Home() {
    const meta = useMeta();
    const { organization } = useSession();
    useEffect(() => {
        let left = false;
        const entity = meta.entity("sales.opportunity") ?? meta.meta.entities.find((one) => one.operations.includes("list"));
        void startsHere(meta, organization.id).then((starts) => {
            if (!left) go(to(starts ? "start" : entity ? entity.path : "settings"), true);
        });
        return () => {
            left = true;
        };
    }, [meta, organization.id]);
    return <PageSkeleton />;
}

const loaded = new Map<string, ComponentType>();

function PluginScreen({ path }: { path: string }) {
    const [Screen] = useState<ComponentType>(() => {
        const known = loaded.get(path) ?? lazy(() => screenAt(path)!.load());
        loaded.set(path, known);
        return known;
    });
    return <Screen />;
}
