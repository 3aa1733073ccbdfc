import { useMeta } from "../../kernel/meta/meta";
import type { EntityMeta } from "../../kernel/meta/types";
import { textOf } from "../../kernel/fields/FieldValue";
import type { Row } from "../../kernel/records/types";

/** One field of a change, as history and audit tell it. */
export interface Change {
    field: string;
    label: string;
    from: unknown;
    to: unknown;
}

/** The changed fields, from and to, in words. */
export function Changes({ changes, entity }: { changes: Change[]; entity: EntityMeta | undefined }) {
    const meta = useMeta();
    const say = (change: Change, value: unknown) => {
        if (value === null || value === undefined || value === "") return "—";
        if (typeof value === "object" && "label" in value) return String((value as { label: unknown }).label);
        const field = entity?.fields.find((one) => one.key === change.field);
        if (entity && field && field.kind !== "reference") {
            const text = textOf(entity, field, { id: "", type: "", version: 0, [change.field]: value } as Row, meta);
            if (text) return text;
        }
        return typeof value === "object" ? JSON.stringify(value) : String(value);
    };
    return (
        <dl className="changes">
            {changes.map((change) => (
                <div key={change.field} style={{ display: "contents" }}>
                    <dt className="muted">{change.label}</dt>
                    <dd><span className="muted">{say(change, change.from)}</span> → {say(change, change.to)}</dd>
                </div>
            ))}
        </dl>
    );
}
