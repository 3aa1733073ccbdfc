import { Skeleton } from "../../../design/Badge";

/** The dashboard in its shape, while its numbers come. */
export function DashboardSkeleton() {
    return (
        <div aria-busy="true" className="dashboard-parts">
            <div className="figures">
                {[0, 1, 2, 3, 4, 5].map((at) => <div key={at} className="figure"><Skeleton width={84} /><Skeleton width={112} height={22} /><Skeleton width={96} /></div>)}
            </div>
            <div className="panels">
                {[0, 1, 2, 3].map((at) => <div key={at} className="panel waiting"><Skeleton width={140} height={14} /><Skeleton height={200} /></div>)}
            </div>
        </div>
    );
}
