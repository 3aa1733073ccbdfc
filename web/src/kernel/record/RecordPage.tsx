import { Header } from "../../app/shell/Header";
import { labelOf } from "../meta/label";
import type { EntityMeta } from "../meta/types";
import { useRecord } from "../records/useRecord";

export default function RecordPage({ entity, id }: { entity: EntityMeta; id: string }) {
    const { row } = useRecord(entity, id);
    return <Header title={labelOf(row, entity)} />;
}
