import { lazy, Suspense } from "react";
import { setQuery } from "../../app/router";
import { texts } from "../../app/language";
import { Skeleton } from "../../design/Badge";
import type { EntityMeta } from "../meta/types";

const t = texts({ it: { panel: "Record a lato" }, en: { panel: "Record at the side" } });

const RecordPage = lazy(() => import("../record/RecordPage"));

interface Props {
    entity: EntityMeta;
    id: string;
    onStep: (by: 1 | -1) => void;
}

/** A record beside the list that it was opened from; the list stays as it is. */
export function SidePanel({ entity, id, onStep }: Props) {
    return (
        <aside className="side-panel" aria-label={t("panel")} data-open={id}>
            <Suspense fallback={<div className="header"><Skeleton width={160} height={16} /></div>}>
                <RecordPage key={id} entity={entity} id={id} aside={{ onClose: () => setQuery({ open: null }), onNext: () => onStep(1), onPrevious: () => onStep(-1) }} />
            </Suspense>
        </aside>
    );
}
