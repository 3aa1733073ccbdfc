import { texts } from "../../app/language";
import { Avatar } from "../../design/Badge";
import { useSession } from "../../app/session";
import * as format from "../format/format";
import { usePresence } from "./presence";

const t = texts({
    it: { now: "Nella pagina ora", since: "{name}, dalle {when}" },
    en: { now: "On this page now", since: "{name}, since {when}" },
});

/** Who else looks at the record now. */
export function Viewers({ type, id }: { type: string; id: string }) {
    const { memberId } = useSession();
    const viewers = usePresence(type, id, memberId);
    return (
        <div role="status">
            {viewers.length > 0 && (
                <section className="side-section" aria-label={t("now")}>
                    <div className="side-head"><h3>{t("now")}</h3></div>
                    <ul className="viewers">
                        {viewers.map((one) => (
                            <li key={one.id} title={t("since", { name: one.name, when: format.instant(one.since) })}>
                                <Avatar name={one.name} large /><span className="visually-hidden">{one.name}</span>
                            </li>
                        ))}
                    </ul>
                </section>
            )}
        </div>
    );
}
