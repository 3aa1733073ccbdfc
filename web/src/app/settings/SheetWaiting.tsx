import { Skeleton } from "../../design/Badge";
import { Button } from "../../design/Button";
import { designTexts } from "../../design/texts";
import { explain } from "../../kernel/api/problem";

/** Instead of a table's rows that are still on the way: their shape; where they can't be had, why, and another try. */
export function SheetWaiting({ problem, onRetry, columns, lines = 5 }: { problem: unknown; onRetry: () => void; columns: number; lines?: number }) {
    if (problem) {
        return (
            <tr>
                <td colSpan={columns}>
                    <div className="row" role="alert"><span>{explain(problem)}</span><Button bar onClick={onRetry}>{designTexts("retry")}</Button></div>
                </td>
            </tr>
        );
    }
    return <>{Array.from({ length: lines }, (_, at) => <tr key={at} aria-busy="true"><td colSpan={columns}><Skeleton width={320} /></td></tr>)}</>;
}
