import { useEffect, useState } from "react";
import { texts } from "../../app/language";
import { Badge, Skeleton } from "../../design/Badge";
import { Dialog } from "../../design/Dialog";
import { api } from "../api/client";
import { explain } from "../api/problem";
import { useMeta } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { verdictWords, type Verdict } from "./verdict";

interface Access {
    role: string;
    read: Verdict;
    write: Verdict;
    hidden_fields: string[];
}

const t = texts({
    it: { title: "Perché vedo questa scheda", read: "Leggere", write: "Modificare", yes: "Sì", no: "No", hidden: "Campi che il tuo ruolo non mostra", none: "Nessun campo è nascosto." },
    en: { title: "Why I see this record", read: "Read", write: "Edit", yes: "Yes", no: "No", hidden: "Fields that your role does not show", none: "No field is hidden." },
});

/** Says by what rule the caller reads and edits the record. */
export function AccessDialog({ entity, id, onClose }: { entity: EntityMeta; id: string; onClose: () => void }) {
    const { messages } = useMeta().meta;
    const [access, setAccess] = useState<Access | null>(null);
    const [problem, setProblem] = useState<unknown>(null);
    useEffect(() => {
        api.get<Access>(`/${entity.path}/${id}/access`).then(setAccess).catch(setProblem);
    }, [entity, id]);
    const labels = access?.hidden_fields.map((key) => messages[`field.${entity.name}.${key}`] ?? key) ?? [];
    return (
        <Dialog title={t("title")} onClose={onClose}>
            {problem ? <p role="alert" className="danger-text">{explain(problem)}</p> : !access ? <Skeleton width={320} height={72} /> : (
                <dl className="access">
                    {(["read", "write"] as const).map((way) => (
                        <div key={way}>
                            <dt>{t(way)} <Badge tone={access[way].allowed ? "success" : "danger"}>{t(access[way].allowed ? "yes" : "no")}</Badge></dt>
                            <dd>{verdictWords(access[way])}</dd>
                        </div>
                    ))}
                    <div><dt>{t("hidden")}</dt><dd>{labels.join(", ") || t("none")}</dd></div>
                </dl>
            )}
        </Dialog>
    );
}
