import { Link, to } from "../../../app/router";
import { Dot } from "../../../design/Badge";
import { FieldValue, stageTone, toneOf, textOf } from "../../fields/FieldValue";
import { labelOf } from "../../meta/label";
import { useMeta } from "../../meta/meta";
import type { EntityMeta } from "../../meta/types";
import type { Row } from "../../records/types";
import { useNamed } from "../named";
import type { ReadableChange } from "./changes";
import { timelineTexts as t } from "./texts";

/** What a field was or is, as people read it: references by name, states with their dot, nothing as «vuoto». */
export function ChangedValue({ entity, change, side }: { entity: EntityMeta; change: ReadableChange; side: "from" | "to" }) {
    const meta = useMeta();
    const row = change[side];
    const { field } = change;
    const value = row[change.key];
    const target = useNamed(field?.reference?.entity, field?.kind === "reference" && typeof value === "string" ? value : null);
    if (side === "from" ? change.isEmptyBefore : change.isEmptyAfter) return <span className="muted">{t("empty")}</span>;
    if (!field) return <span>{typeof value === "object" ? JSON.stringify(value) : String(value)}</span>;
    if (field.kind === "reference") return <ReferenceLabel entity={meta.entity(field.reference?.entity ?? "")} target={target} isState={/^(stage|state)_id$/.test(field.key)} />;
    if (field.kind === "choice" && field.key === entity.states?.field) return <Dot tone={toneOf(String(value))}>{textOf(entity, field, row)}</Dot>;
    if (field.kind === "long_text") return <span className="preserved">{String(value)}</span>;
    return <FieldValue entity={entity} field={field} row={row} />;
}

function ReferenceLabel({ entity, target, isState }: { entity: EntityMeta | undefined; target: Row | undefined; isState: boolean }) {
    if (!target) return <span className="muted">{t("goneRecord")}</span>;
    const label = labelOf(target, entity);
    if (isState) return <Dot tone={stageTone(target)}>{label}</Dot>;
    return entity && entity.operations.includes("get") && entity.name !== "kernel.member" ? <Link href={to(`${entity.path}/${target.id}`)}>{label}</Link> : <span>{label}</span>;
}
