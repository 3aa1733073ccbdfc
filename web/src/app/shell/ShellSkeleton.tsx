import { Skeleton } from "../../design/Badge";

/** The shell in its final shape while the organization is being opened. */
export function ShellSkeleton() {
    return (
        <div className="shell" aria-busy="true">
            <div className="sidebar">
                {[120, 206, 150, 130, 140, 90, 110, 120].map((width, index) => <div key={index} className="sidebar-waiting"><Skeleton width={width} height={14} /></div>)}
            </div>
            <div className="content">
                <div className="header"><Skeleton width={160} height={16} /></div>
            </div>
        </div>
    );
}
