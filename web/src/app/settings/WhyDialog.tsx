import { useCallback, useState } from "react";
import { Badge } from "../../design/Badge";
import { Combobox, type Option } from "../../design/Combobox";
import { Dialog } from "../../design/Dialog";
import { Field } from "../../design/Field";
import { api } from "../../kernel/api/client";
import { useLoaded } from "../../kernel/api/useLoaded";
import { labelOf } from "../../kernel/meta/label";
import { useMeta } from "../../kernel/meta/meta";
import { verdictWords, type Verdict } from "../../kernel/record/verdict";
import type { Page, Row } from "../../kernel/records/types";
import { texts } from "../language";
import { t } from "./texts";

const words = texts({
    it: { title: "Che cosa può fare {name}, e perché", entity: "Tipo", record: "Record", read: "Vedere", write: "Modificare", yes: "Sì", no: "No" },
    en: { title: "What {name} can do, and why", entity: "Kind", record: "Record", read: "See", write: "Change", yes: "Yes", no: "No" },
});

/** Why a member can or can't reach a record: asked of the server, in words. */
export function WhyDialog({ member, onClose }: { member: Row; onClose: () => void }) {
    const meta = useMeta();
    const entities = meta.meta.entities.filter((entity) => entity.operations.includes("access" as never));
    const [name, setName] = useState(entities.find((entity) => entity.name === "sales.opportunity")?.name ?? entities[0]?.name ?? "");
    const [record, setRecord] = useState<Option | null>(null);
    const entity = meta.entity(name);
    const answer = useLoaded<{ read: Verdict; write: Verdict }>(entity && record ? `/${entity.path}/${record.value}/access` : null, { member_id: member.id });
    const find = useCallback(async (text: string, signal: AbortSignal): Promise<Option[]> => {
        if (!entity) return [];
        const page = await api.get<Page>(`/${entity.path}`, { limit: 20, ...(text.trim() ? { q: text.trim() } : {}) }, signal);
        return page.data.map((row) => ({ value: row.id, label: labelOf(row, entity) }));
    }, [entity]);
    const line = (label: string, reach: Verdict | undefined) => reach && (
        <div className="row"><strong style={{ flex: "none", width: 88 }}>{label}</strong><Badge tone={reach.allowed ? "success" : "danger"}>{words(reach.allowed ? "yes" : "no")}</Badge><span>{verdictWords(reach)}</span></div>
    );
    return (
        <Dialog title={words("title", { name: String(member["name"]) })} onClose={onClose}>
            <div className="stack">
                <div className="two">
                    <Field label={words("entity")}>
                        <select className="input" value={name} onChange={(event) => { setName(event.target.value); setRecord(null); }}>
                            {entities.map((one) => <option key={one.name} value={one.name}>{one.label.many}</option>)}
                        </select>
                    </Field>
                    <Field label={words("record")}><Combobox key={name} value={record} onChange={setRecord} find={find} /></Field>
                </div>
                {record && <div className="stack" aria-live="polite">{line(words("read"), answer.data?.read)}{line(words("write"), answer.data?.write)}</div>}
                {!entities.length && <p className="muted">{t("nothing")}</p>}
            </div>
        </Dialog>
    );
}
