import { texts } from "../../../app/language";
import { ReasonDialog } from "../../record/ReasonDialog";
import { labelOf } from "../../meta/label";
import type { Missing } from "./useCellEdit";

const t = texts({ it: { title: "{field}: {name}" }, en: { title: "{field}: {name}" } });

/** Asks for what has to be said along with a change: why a deal is lost. */
export function MissingDialog({ missing }: { missing: Missing }) {
    return (
        <ReasonDialog
            title={t("title", { field: missing.label, name: labelOf(missing.row, missing.entity) })}
            label={missing.label}
            onSubmit={missing.give}
            onClose={missing.leave}
        />
    );
}
