import { useEffect } from "react";
import type { EntityMeta } from "../../../kernel/meta/types";
import type { Row } from "../../../kernel/records/types";
import { LostDialog } from "./LostDialog";
import { useStages } from "./stages";

/** The action that loses a deal: its pipeline's lost stage, with the reason. */
export default function LoseDeal({ entity, row, onClose }: { entity: EntityMeta; row: Row; onClose: () => void }) {
    const stages = useStages(String(row["pipeline_id"] ?? "") || null);
    const stage = stages?.find((one) => one["kind"] === "lost");
    const isMissing = stages !== null && !stage;
    useEffect(() => {
        if (isMissing) onClose();
    }, [isMissing, onClose]);
    return stage ? <LostDialog entity={entity} row={row} stage={stage} onClose={onClose} /> : null;
}
