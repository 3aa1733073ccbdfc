import { useEffect, useState } from "react";
import { texts } from "../../../app/language";
import { api } from "../../../kernel/api/client";
import { field } from "../../../kernel/meta/meta";
import type { EntityMeta } from "../../../kernel/meta/types";
import { ReasonDialog } from "../../../kernel/record/ReasonDialog";
import type { Row } from "../../../kernel/records/types";
import { moveToStage } from "./stages";

const t = texts({
    it: { title: "Perché è persa", action: "Segna come persa" },
    en: { title: "Why it is lost", action: "Mark as lost" },
});

/** Asks why a deal is lost, offering the reasons given most often, and moves it. */
export function LostDialog({ entity, row, stage, onClose }: { entity: EntityMeta; row: Row; stage: Row; onClose: () => void }) {
    const [known, setKnown] = useState<string[]>([]);
    useEffect(() => {
        api.get<{ data: { group: { lost_reason: string | null }; count: number }[] }>("/opportunities/aggregate", { group_by: "lost_reason", measures: "count" })
            .then((found) => setKnown(found.data.filter((one) => one.group.lost_reason).sort((one, other) => other.count - one.count).slice(0, 12).map((one) => String(one.group.lost_reason))))
            .catch(() => undefined);
    }, []);
    return (
        <ReasonDialog
            title={t("title")}
            label={field(entity, "lost_reason")?.label ?? ""}
            action={t("action")}
            known={known}
            onClose={onClose}
            onSubmit={async (reason) => {
                await moveToStage(entity, row, stage, reason);
                onClose();
            }}
        />
    );
}
