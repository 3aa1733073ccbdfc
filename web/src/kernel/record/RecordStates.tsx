import { useEffect } from "react";
import signpost from "bootstrap-icons/signpost-split.svg";
import { Empty, Skeleton } from "../../design/Badge";
import { Button } from "../../design/Button";
import { Icon } from "../../design/Icon";
import { api } from "../api/client";
import { explain, type Problem } from "../api/problem";
import { includes } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import type { Row } from "../records/types";
import { recordTexts as t } from "./texts";

/** A record in its final shape, before it is here. */
export function RecordWaiting() {
    return (
        <div className="record" aria-busy="true">
            <div className="record-main">
                <Skeleton width={280} height={20} />
                <div className="record-figures">{[64, 48, 96].map((width) => <div key={width}><Skeleton width={width} height={10} /><br /><Skeleton width={width} height={14} /></div>)}</div>
                <Skeleton height={32} />
                <Skeleton height={98} />
            </div>
            <div className="record-side">{[140, 180, 120, 160, 100, 150].map((width) => <Skeleton key={width} width={width} />)}</div>
        </div>
    );
}

interface Props {
    problem: Problem;
    entity: EntityMeta;
    id: string;
    onRetry: () => void;
    onLeave: () => void;
    onFound: (row: Row) => void;
}

/** Why there is no record; one that lies in the bin is found there. */
export function RecordMissing({ problem, entity, id, onRetry, onLeave, onFound }: Props) {
    const isGone = problem.status === 404;
    useEffect(() => {
        if (!isGone) return;
        const include = includes(entity, entity.fields.map((one) => one.key));
        api.get<Row>(`/${entity.path}/${id}`, { deleted: true, include }).then((row) => row["deleted_at"] && onFound(row)).catch(() => undefined);
    }, [isGone, entity, id]);
    return (
        <Empty {...(isGone ? { icon: <Icon svg={signpost} size={28} /> } : {})} title={t(isGone ? "missingTitle" : "stopped")} action={<>{!isGone && <Button onClick={onRetry}>{t("retry")}</Button>}<Button onClick={onLeave}>{t("toList")}</Button></>}>
            {isGone ? t("missingText") : explain(problem)}
        </Empty>
    );
}
