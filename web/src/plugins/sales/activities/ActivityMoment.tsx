import { Link, to } from "../../../app/router";
import * as format from "../../../kernel/format/format";
import { labelOf } from "../../../kernel/meta/label";
import { useMeta } from "../../../kernel/meta/meta";
import { useNamed } from "../../../kernel/record/named";
import { waiting, type Moment } from "../../../kernel/record/timeline/moment";
import { useCached } from "../../../kernel/records/useRecord";
import { dueWords, isOverdue } from "./due";
import { activityTexts as t } from "./texts";

const verbs = { call: ["called", "calledPlain"], email: ["wrote", "wrotePlain"], meeting: ["met", "metPlain"], visit: ["visited", "visitedPlain"] } as const;

/** An activity as a sentence: who did what with whom, and what was written about it. */
export default function ActivityMoment({ moment }: { moment: Moment }) {
    const meta = useMeta();
    const entity = meta.entity("sales.activity");
    const row = useCached(moment.id) ?? moment.record;
    const text = (key: string) => (typeof row?.[key] === "string" ? (row[key] as string) : "");
    const owner = useNamed("kernel.member", text("owner_id") || null);
    const contact = useNamed("directory.contact", text("contact_id") || null);
    if (!row || !entity) return null;
    const kind = text("kind");
    const isDone = !!text("completed_at") || kind === "note";
    const subject = moment.kind === waiting ? text("subject") : <Link href={to(`${entity.path}/${moment.id}`)}>{text("subject")}</Link>;
    const verb = kind in verbs ? verbs[kind as keyof typeof verbs] : null;
    const notes = text("notes");
    const quote = [notes || (verb ? text("subject") : ""), text("outcome")].filter(Boolean).join("\n");
    const seconds = typeof row["duration"] === "number" ? row["duration"] : null;
    return (
        <>
            <p className="moment-sentence">
                <strong>{typeof owner?.["name"] === "string" ? owner["name"] : moment.by?.name ?? t("someone")}</strong>{" "}
                {!isDone ? <>{t(isOverdue(text("due_at")) ? "planned" : "plans")} {subject}{text("due_at") && ` · ${dueWords(text("due_at"))}`}</>
                    : kind === "note" ? t("noted")
                        : verb ? (contact ? <>{t(verb[0])} <Link href={to(`contacts/${contact.id}`)}>{labelOf(contact, meta.entity("directory.contact"))}</Link></> : t(verb[1]))
                            : <>{t("did")} {subject}</>}
                {seconds !== null && ` · ${format.span(seconds)}`}
                {isDone && verb && notes && <> · {subject}</>}
            </p>
            {isDone && (quote || kind === "note") && <div className="moment-quote">{quote || text("subject")}</div>}
        </>
    );
}
