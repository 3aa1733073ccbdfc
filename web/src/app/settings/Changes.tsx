import type { EntityMeta } from "../../kernel/meta/types";
import { ChangedValue } from "../../kernel/record/timeline/ChangedValue";
import { readableChanges } from "../../kernel/record/timeline/changes";
import type { HistoryChange } from "../../kernel/record/timeline/moment";

/** One field of a change, as the audit tells it. */
export type Change = HistoryChange;

/** The changed fields, from and to, as people read them: what is referred to by its name, never by its id. */
export function Changes({ changes, entity }: { changes: Change[]; entity: EntityMeta | undefined }) {
    if (!entity) return <PlainChanges changes={changes} />;
    return (
        <dl className="changes">
            {readableChanges(entity, changes).map((change) => (
                <div key={change.key} className="change-line">
                    <dt>{change.label}</dt>
                    <dd>
                        {!change.isEmptyBefore && <><ChangedValue entity={entity} change={change} side="from" /><span className="muted" aria-hidden="true">→</span></>}
                        <ChangedValue entity={entity} change={change} side="to" />
                    </dd>
                </div>
            ))}
        </dl>
    );
}

/** Of what has no screens of its own: text as it stands. */
function PlainChanges({ changes }: { changes: Change[] }) {
    const say = (value: unknown) => (value === null || value === undefined || value === "" ? "—" : typeof value === "object" ? JSON.stringify(value) : String(value));
    return (
        <dl className="changes">
            {changes.map((change) => (
                <div key={change.field} className="change-line">
                    <dt>{change.label}</dt>
                    <dd><span className="muted">{say(change.from)}</span><span className="muted" aria-hidden="true">→</span>{say(change.to)}</dd>
                </div>
            ))}
        </dl>
    );
}
