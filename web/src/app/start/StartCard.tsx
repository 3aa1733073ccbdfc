import { Progress } from "../../design/Badge";
import { useMeta } from "../../kernel/meta/meta";
import { texts } from "../language";
import { Link, to, usePlace } from "../router";
import { closeSidebar } from "../shell/sidebarState";
import { isStarter, useStart } from "./progress";

const t = texts({ it: { title: "Primi passi", of: "{done} di {all}" }, en: { title: "First steps", of: "{done} of {all}" } });

/** In the sidebar as long as the first steps aren't done: how far they are. */
export function StartCard() {
    const meta = useMeta();
    const { done, isOver } = useStart();
    const { parts } = usePlace();
    if (isOver || !done || !isStarter(meta)) return null;
    const all = Object.keys(done).length;
    const ready = Object.values(done).filter(Boolean).length;
    return (
        <Link className="start-card foldable" href={to("start")} aria-current={parts[0] === "start" ? "page" : undefined} onClick={closeSidebar}>
            <span className="start-card-head"><strong>{t("title")}</strong><span className="muted small">{t("of", { done: ready, all })}</span></span>
            <Progress done={ready} total={all} label={t("title")} />
        </Link>
    );
}
