import { texts } from "../../app/language";
import * as format from "../format/format";
import type { Counts } from "./types";

const t = texts({
    it: { createDone: "Create", updateDone: "Aggiornate", skipDone: "Saltate", errorDone: "Con errori", create: "Da creare", update: "Da aggiornare", skip: "Da saltare", error: "Con errori" },
    en: { createDone: "Created", updateDone: "Updated", skipDone: "Skipped", errorDone: "With errors", create: "To be created", update: "To be updated", skip: "To be skipped", error: "With errors" },
});

/** What becomes, or became, of the rows. */
export function CountTiles({ counts, isDone, isWaiting }: { counts: Counts; isDone: boolean; isWaiting: boolean }) {
    return (
        <dl className="import-counts" aria-busy={isWaiting || undefined}>
            {(["create", "update", "skip", "error"] as const).map((name) => (
                <div key={name} data-count={name}>
                    <dt>{t(isDone ? `${name}Done` : name)}</dt>
                    <dd className={counts[name] && name === "error" ? "danger-text" : counts[name] ? undefined : "muted"}>{format.number(counts[name])}</dd>
                </div>
            ))}
        </dl>
    );
}
