import { Skeleton } from "../../design/Badge";
import { explain, Problem } from "../../kernel/api/problem";
import { Trouble } from "../shell/Trouble";

/** Instead of a form whose values are still on the way: its shape; where they can't be had, why, and another try. */
export function FormWaiting({ problem, onRetry, fields }: { problem: unknown; onRetry: () => void; fields: number }) {
    if (problem) return <Trouble text={explain(problem)} code={problem instanceof Problem ? problem.code : ""} onRetry={onRetry} />;
    return (
        <div className="form-card" aria-busy="true">
            <Skeleton width={120} height={20} />
            {Array.from({ length: fields }, (_, at) => <div className="field" key={at}><Skeleton width={96} height={20} /><Skeleton height={32} /></div>)}
        </div>
    );
}
