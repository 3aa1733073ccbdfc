import type { ReactNode } from "react";
import { Avatar, Dot, Tone } from "../../design/Badge";
import * as format from "../format/format";
import { labelOf } from "../meta/label";
import { useMeta, type MetaIndex } from "../meta/meta";
import type { EntityMeta, FieldMeta } from "../meta/types";
import type { Row, Value } from "../records/types";
import { windowsOf, windowsText } from "./timeWindows";
import { Link, to } from "../../app/router";
import { amountLike } from "../../plugins/all";

interface Props {
    entity: EntityMeta;
    field: FieldMeta;
    row: Row;
    /** References become links; not inside of something that is itself pressed. */
    linked?: boolean;
}

/** The record that a reference field of the row names, where it came with `include=`. */
export function included(row: Row, field: FieldMeta): Row | null {
    const name = field.reference?.include ?? field.key.replace(/_id$/, "");
    const value = row[name];
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Row) : null;
}

/** Numbers stand at the right. */
export const isNumeric = (field: FieldMeta) => ["integer", "money", "percent"].includes(field.kind);

/** The tone of a state: by what the record or the choice says of itself, never by colour alone. */
export function toneOf(value: string): Tone {
    if (/^(won|active|converted|done|completed|customer|accepted|running)$/.test(value)) return "success";
    if (/^(lost|disqualified|failed|suspended|removed|P0)$/.test(value)) return "danger";
    if (/^(P1|nurturing|paused|draft)$/.test(value)) return "warning";
    if (/^(open|working|assigned|in_progress|partner)$/.test(value)) return "info";
    return "plain";
}

/** The tone of a record that is itself a state, such as a stage: its kind, and for open ones its place. */
export function stageTone(row: Row): Tone {
    const kind = row["kind"];
    if (kind === "won") return "success";
    if (kind === "lost") return "danger";
    return Number(row["position"] ?? 0) > 1 ? "info" : "plain";
}

/** A value in plain words, for titles, files and screen readers. */
export function textOf(entity: EntityMeta, field: FieldMeta, row: Row, meta?: MetaIndex): string {
    const value = row[field.key];
    if (value === null || value === undefined || value === "") return "";
    switch (field.kind) {
        case "money": return format.money(value as number, row[`${field.key}_currency`] as string);
        case "percent": return format.percent(value as number);
        case "integer": {
            const like = amountLike(entity.name, field.key);
            if (like) return format.roundMoney(value as number, row[`${like}_currency`] as string);
            return /(^|_)year$/.test(field.key) ? String(value) : format.number(value as number);
        }
        case "boolean": return format.yesNo(value as boolean);
        case "choice": return field.choices?.find((one) => one.value === value)?.label ?? String(value);
        case "date": return format.date(value as string);
        case "instant": return format.instant(value as string);
        case "reference": {
            const target = included(row, field);
            return target ? labelOf(target, field.reference ? meta?.entity(field.reference.entity) : undefined) : "";
        }
        case "address": return addressText(value as Record<string, unknown>);
        case "time_windows": return windowsText(windowsOf(value as Value));
        case "json": case "ids": return Array.isArray(value) ? String(value.length) : "";
        default: return String(value);
    }
}

function addressText(value: Record<string, unknown>): string {
    const part = (key: string) => (typeof value[key] === "string" ? (value[key] as string) : "");
    return [part("street"), [part("postcode"), part("city"), part("province")].filter(Boolean).join(" "), part("country")].filter(Boolean).join(", ");
}

/** A field of a record as people read it: states as a dot and a word, people with their initials, empty as a quiet dash. */
export function FieldValue({ entity, field, row, linked }: Props): JSX.Element {
    const meta = useMeta();
    const value = row[field.key];
    if (value === null || value === undefined || value === "" || (field.kind === "reference" && !included(row, field))) {
        return <span className="muted" aria-label="">—</span>;
    }
    const text = textOf(entity, field, row, meta);
    switch (field.kind) {
        case "reference": return <ReferenceValue field={field} row={row} text={text} linked={linked ?? false} />;
        case "choice": return field.key === "status" || field.key === "kind" || field.key === "priority" || field.key === "rating"
            ? <Dot tone={toneOf(String(value))}>{text}</Dot>
            : <span className="truncate">{text}</span>;
        case "instant": return <time dateTime={String(value)} title={format.fullInstant(String(value))}>{field.standard ? format.relative(String(value)) : format.instantDate(String(value))}</time>;
        case "date": return <time dateTime={String(value)}>{text}</time>;
        case "url": return outward(String(value), text, linked);
        case "email": return linked ? <a href={`mailto:${text}`}><Address text={text} /></a> : <span className="truncate">{text}</span>;
        case "phone": return linked ? <a href={`tel:${text}`}>{text}</a> : <span>{text}</span>;
        case "long_text": return <span className="preserved">{text}</span>;
        default: return <span className="truncate">{text}</span>;
    }
}

/** An address that is too long for its line breaks after the @ first. */
function Address({ text }: { text: string }) {
    const at = text.indexOf("@") + 1;
    return <>{text.slice(0, at)}<wbr />{text.slice(at)}</>;
}

function outward(value: string, text: string, linked?: boolean): JSX.Element {
    if (!linked || !/^https?:\/\//.test(value)) return <span className="truncate">{text}</span>;
    return <a href={value} target="_blank" rel="noopener noreferrer">{text.replace(/^https?:\/\//, "")}</a>;
}

function ReferenceValue({ field, row, text, linked }: { field: FieldMeta; row: Row; text: string; linked: boolean }) {
    const target = included(row, field);
    if (!target || !field.reference) return <span>{text}</span>;
    if (isPerson(field)) return <span className="person"><Avatar name={text} /><span className="truncate">{text}</span></span>;
    let content: ReactNode = <span className="truncate">{text}</span>;
    if (field.key === "stage_id" || field.key === "state_id") content = <Dot tone={stageTone(target)}>{text}</Dot>;
    if (!linked || !field.reference.path || field.key === "stage_id") return <>{content}</>;
    return <Link className="truncate" href={to(`${field.reference.path}/${target.id}`)}>{text}</Link>;
}

/** Whether the field names one of the organization's people. */
export const isPerson = (field: FieldMeta) => field.reference?.entity === "kernel.member";
