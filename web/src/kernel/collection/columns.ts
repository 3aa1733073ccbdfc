import type { EntityMeta, FieldMeta } from "../meta/types";
import { field, view } from "../meta/meta";
import { fromParams, type Column } from "./query";
import { keptColumns } from "./kept";

/** A column as it is drawn. */
export interface ShownColumn {
    key: string;
    field: FieldMeta;
    width: number;
    /** The width was chosen; the first column takes what is left otherwise. */
    isFixed: boolean;
}

export const narrowest = 72;
export const widest = 800;

const isShowable = (one: FieldMeta) => !["json", "ids", "time_windows", "currency"].includes(one.kind);

/** The fields that can be columns, those of every record last. */
export const showableFields = (entity: EntityMeta): FieldMeta[] => [...entity.fields.filter((one) => isShowable(one) && !one.standard), ...entity.fields.filter((one) => isShowable(one) && one.standard)];

/** How wide a column stands where nobody said otherwise: as its kind needs, and as its name does (12 px letters, room for the arrow) up to a bound. */
export function naturalWidth(one: FieldMeta, isFirst: boolean): number {
    return isFirst ? 240 : Math.max(kindWidth(one), Math.min(168, Math.ceil((one.label.length * 6.4 + 44) / 4) * 4));
}

function kindWidth(one: FieldMeta): number {
    switch (one.kind) {
        case "money": return 112;
        case "integer": case "percent": case "boolean": return 96;
        case "date": case "instant": return 116;
        case "reference": return one.key === "stage_id" ? 144 : one.reference?.entity === "kernel.member" ? 176 : 188;
        case "choice": return 136;
        case "email": case "url": case "long_text": case "address": return 220;
        default: return 160;
    }
}

/** The columns that the entity's own list has: those of its view, with the last change at the end where there is room. */
export function ownColumns(entity: EntityMeta): Column[] {
    const keys = view(entity, "list")?.fields ?? showableFields(entity).filter((one) => !one.standard).slice(0, 7).map((one) => one.key);
    return keys.filter((key) => field(entity, key)).map((key) => ({ key, width: null }));
}

/** The columns to show: the address's, else those that this browser keeps, else the entity's own. Unknown ones are passed over. */
export function chosenColumns(entity: EntityMeta, columns: Column[] | null): Column[] {
    const kept = columns ?? fromParams(new URLSearchParams({ columns: keptColumns(entity.name) ?? "" }), entity).columns;
    const known = kept?.filter((one) => field(entity, one.key)) ?? [];
    return known.length ? known : ownColumns(entity);
}

export function shownColumns(entity: EntityMeta, columns: Column[]): ShownColumn[] {
    return columns.flatMap((one, index) => {
        const found = field(entity, one.key);
        return found ? [{ key: one.key, field: found, width: one.width ?? naturalWidth(found, index === 0), isFixed: one.width !== null }] : [];
    });
}

/** Puts a column before another place. */
export function moveColumn<Item>(columns: Item[], from: number, to: number): Item[] {
    const rest = [...columns];
    const [moved] = rest.splice(from, 1);
    if (moved === undefined) return columns;
    rest.splice(Math.max(0, Math.min(rest.length, to)), 0, moved);
    return rest;
}

export const clampWidth = (width: number) => Math.round(Math.max(narrowest, Math.min(widest, width)));

/** The tracks of the grid: the first column takes what is left over unless its width was chosen. */
export function tracks(columns: { width: number; isFixed: boolean }[], before: number[]): { template: string; width: number } {
    const head = columns[0];
    const fills = head && !head.isFixed;
    const sizes = columns.map((one, index) => (index === 0 && fills ? `minmax(${one.width}px, 1fr)` : `${one.width}px`));
    return {
        template: [...before.map((size) => `${size}px`), ...sizes, ...(fills ? [] : ["minmax(0, 1fr)"])].join(" "),
        width: before.reduce((sum, size) => sum + size, 0) + columns.reduce((sum, one) => sum + one.width, 0),
    };
}
