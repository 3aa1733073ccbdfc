import { useId, useState } from "react";
import { Badge } from "../../design/Badge";
import { useMeta } from "../meta/meta";
import * as format from "../format/format";
import type { EntityMeta, FieldMeta } from "../meta/types";
import type { Row } from "../records/types";
import { DetailField } from "./DetailField";
import { detailGroups } from "./detailGroups";
import { useNamed } from "./named";
import { recordTexts as t } from "./texts";

/** The record's fields in the groups of its forms, each edited where it stands; empty ones are folded away. */
export function Details({ entity, row, fresh }: { entity: EntityMeta; row: Row; fresh: ReadonlySet<string> }) {
    const [showsEmpty, setShowsEmpty] = useState(false);
    const groups = detailGroups(entity);
    const isEmpty = (field: FieldMeta) => {
        const value = row[field.key];
        return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
    };
    const empty = groups.flatMap((group) => group.fields).filter(isEmpty).length;
    const tags = Array.isArray(row["tags"]) ? (row["tags"] as string[]) : [];
    return (
        <div className="details">
            {groups.map((group, index) => {
                const shown = group.fields.filter((field) => showsEmpty || !isEmpty(field));
                if (!shown.length) return null;
                return <Group key={group.title + index} title={group.title} fields={shown} entity={entity} row={row} fresh={fresh} />;
            })}
            {empty > 0 && (
                <button type="button" className="fold" aria-expanded={showsEmpty} onClick={() => setShowsEmpty(!showsEmpty)}>
                    {showsEmpty ? t("hideEmpty") : t("showEmpty", { count: empty })}
                </button>
            )}
            {tags.length > 0 && <p className="detail-tags" aria-label={t("tags")}>{tags.map((tag) => <Badge key={tag}>{tag}</Badge>)}</p>}
        </div>
    );
}

function Group({ title, fields, entity, row, fresh }: { title: string; fields: FieldMeta[]; entity: EntityMeta; row: Row; fresh: ReadonlySet<string> }) {
    const id = useId();
    return (
        <section className="detail-group" aria-labelledby={id}>
            <h3 id={id}>{title}</h3>
            <dl>{fields.map((field) => <DetailField key={field.key} entity={entity} field={field} row={row} isFresh={fresh.has(field.key)} />)}</dl>
        </section>
    );
}

/** Who made the record and who changed it last. */
export function Origin({ row }: { row: Row }) {
    return (
        <dl className="origin small muted">
            <Trace label={t("created")} at={row["created_at"]} by={row["created_by"]} />
            {row.version > 1 && <Trace label={t("updated")} at={row["updated_at"]} by={row["updated_by"]} />}
        </dl>
    );
}

function Trace({ label, at, by }: { label: string; at: unknown; by: unknown }) {
    const meta = useMeta();
    const person = useNamed(meta.entity("kernel.member") ? "kernel.member" : undefined, typeof by === "string" ? by : null);
    if (typeof at !== "string") return null;
    const name = typeof person?.["name"] === "string" ? person["name"] : "";
    return (
        <div>
            <dt>{label}</dt>
            <dd><time dateTime={at} title={format.fullInstant(at)}>{name ? t("byWhom", { when: format.instant(at), name }) : format.instant(at)}</time></dd>
        </div>
    );
}
