import { Skeleton } from "../../design/Badge";
import { CardSkeleton } from "./Lane";
import { t } from "./texts";

/** As many as a new pipeline has. */
const usualStages = 6;

/** A board in the shape that it will have: its columns, their heads with or without a sum. */
export function BoardSkeleton({ lanes = usualStages, hasMoney }: { lanes?: number | undefined; hasMoney: boolean }) {
    return (
        <div className="board" aria-busy="true" aria-label={t("waiting")} role="group">
            {Array.from({ length: lanes }, (_, lane) => (
                <div key={lane} className="lane">
                    <div className={hasMoney ? "lane-head with-sum" : "lane-head"}><Skeleton width={112} height={14} /></div>
                    <div className="lane-cards">{[0, 1, 2, 3, 4, 5].map((at) => <div key={at} className="card-slot" style={{ transform: `translateY(${at * 98}px)` }}><CardSkeleton /></div>)}</div>
                </div>
            ))}
        </div>
    );
}
