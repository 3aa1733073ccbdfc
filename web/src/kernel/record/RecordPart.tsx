import { lazy, Suspense, type ComponentType } from "react";
import { Skeleton } from "../../design/Badge";
import type { RecordPart } from "../../plugins/plugin";
import type { EntityMeta } from "../meta/types";
import type { Row } from "../records/types";

type Screen = ComponentType<{ entity: EntityMeta; row: Row }>;
const loaded = new Map<RecordPart, Screen>();

/** A part of the record page that a plugin contributes. */
export function RecordPartView({ part, entity, row }: { part: RecordPart; entity: EntityMeta; row: Row }) {
    const Screen = loaded.get(part) ?? lazy(part.load);
    loaded.set(part, Screen);
    return <Suspense fallback={<Skeleton height={part.height ?? 0} />}><Screen entity={entity} row={row} /></Suspense>;
}
