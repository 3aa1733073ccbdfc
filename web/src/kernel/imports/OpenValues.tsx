import type { EntityMeta } from "../meta/types";
import { withColumn, type Plan } from "./plan";
import type { OpenColumn } from "./unmatched";
import { UnmatchedPanel } from "./UnmatchedPanel";

/** All that is still to be settled, column by column. */
export function OpenValues({ entity, open, setPlan }: { entity: EntityMeta; open: OpenColumn[]; setPlan: (change: (before: Plan) => Plan) => void }) {
    return <>{open.map((one, index) => <UnmatchedPanel key={one.column} entity={entity} open={one} onChange={(next) => setPlan((before) => withColumn(before, one.column, next))} isFirst={index === 0} />)}</>;
}
