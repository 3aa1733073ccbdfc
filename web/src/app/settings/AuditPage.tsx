import { useState } from "react";
import { Badge, Skeleton, type Tone } from "../../design/Badge";
import { Button } from "../../design/Button";
import { DateField } from "../../design/DateField";
import { addDays, isDay } from "../../design/dates";
import { useLoaded } from "../../kernel/api/useLoaded";
import { fromLocalMinutes, fullInstant, instant } from "../../kernel/format/format";
import { useMeta } from "../../kernel/meta/meta";
import type { Page } from "../../kernel/records/types";
import { texts } from "../language";
import { Link, setQuery, to, usePlace } from "../router";
import { t } from "./texts";
import { usePages } from "../../kernel/api/usePages";
import { Changes, type Change } from "./Changes";

const words = texts({
    it: { kind: "Tipo", person: "Persona", action: "Azione", from: "Dal", until: "Al", created: "Creato", updated: "Modificato", deleted: "Eliminato", restored: "Ripristinato", erased: "Cancellato per sempre", show: "Mostra modifiche", hide: "Nascondi" },
    en: { kind: "Kind", person: "Person", action: "Action", from: "From", until: "Until", created: "Created", updated: "Changed", deleted: "Deleted", restored: "Restored", erased: "Erased for good", show: "Show changes", hide: "Hide" },
});

interface Entry {
    id: string;
    at: string;
    entity: string;
    record_id: string;
    record_label: string | null;
    action: string;
    by: { kind: string; id: string | null; name: string | null };
    changes: Change[];
}

const tones: Record<string, Tone> = { created: "success", updated: "info", deleted: "danger", restored: "warning", erased: "danger" };
const actionNames = ["created", "updated", "deleted", "restored", "erased"] as const;
const isAction = (name: string): name is (typeof actionNames)[number] => (actionNames as readonly string[]).includes(name);

/** What was done to records: by kind, person, action and time, each with its changes. */
export function AuditPage() {
    const meta = useMeta();
    const { query } = usePlace();
    const members = useLoaded<Page>("/members", { limit: 200, sort: "name" });
    const word = (name: string) => query.get(name) ?? undefined;
    // Days begin and end where the organization is.
    const begin = (name: string, days: number) => {
        const text = query.get(name) ?? "";
        return isDay(text) ? fromLocalMinutes(`${addDays(text, days)}T00:00`) : undefined;
    };
    const { items, more } = usePages<Entry>("/audit", {
        entity: word("entity"), actor_id: word("actor"), action: word("action"), record_id: word("record"),
        "at[gte]": begin("from", 0), "at[lt]": begin("until", 1),
    });
    const select = (name: string, label: string, options: { value: string; label: string }[]) => (
        <select className="input bar sheet-filter" aria-label={label} value={query.get(name) ?? ""} onChange={(event) => setQuery({ [name]: event.target.value || null })}>
            <option value="">{label}: {t("all").toLowerCase()}</option>
            {options.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
        </select>
    );
    const day = (name: string, label: string) => (
        <div className="sheet-day">
            <label htmlFor={`audit-${name}`}>{label}</label>
            <DateField bar id={`audit-${name}`} value={query.get(name) ?? ""} onChange={(next) => (!next || isDay(next)) && setQuery({ [name]: next || null })} />
        </div>
    );
    return (
        <section>
            <div className="page-actions">
                {select("entity", words("kind"), meta.meta.entities.map((one) => ({ value: one.name, label: one.label.many })))}
                {select("actor", words("person"), members.data?.data.map((one) => ({ value: one.id, label: String(one["name"]) })) ?? [])}
                {select("action", words("action"), actionNames.map((one) => ({ value: one, label: words(one) })))}
                {day("from", words("from"))}
                {day("until", words("until"))}
            </div>
            <div className="sheet-scroll" tabIndex={0}>
                <table className="sheet">
                    <thead><tr><th scope="col">{t("when")}</th><th scope="col">{t("who")}</th><th scope="col">{t("what")}</th><th scope="col">{t("record")}</th><td /></tr></thead>
                    <tbody>
                        {items === null && [1, 2, 3, 4, 5, 6].map((one) => <tr key={one}><td colSpan={5}><Skeleton width={320} /></td></tr>)}
                        {items?.map((entry) => <AuditLine key={entry.id} entry={entry} />)}
                        {items?.length === 0 && <tr><td colSpan={5} className="muted">{t("nothing")}</td></tr>}
                    </tbody>
                </table>
            </div>
            {more && <div className="page-actions"><Button onClick={() => void more()}>{t("more")}</Button></div>}
        </section>
    );
}

function AuditLine({ entry }: { entry: Entry }) {
    const meta = useMeta();
    const [open, setOpen] = useState(false);
    const entity = meta.entity(entry.entity);
    const label = entry.record_label ?? "";
    return (
        <>
            <tr>
                <td><time dateTime={entry.at} title={fullInstant(entry.at)}>{instant(entry.at)}</time></td>
                <td>{entry.by.name ?? t("system")}</td>
                <td><Badge tone={tones[entry.action] ?? "plain"}>{isAction(entry.action) ? words(entry.action) : entry.action}</Badge></td>
                <td>
                    <div className="row">
                        <span className="muted">{entity?.label.one ?? meta.message(`entity.${entry.entity}.one`).replace(/^entity\..*/, "")}</span>
                        {entity && label && entry.action !== "deleted" && entry.action !== "erased" ? <Link href={to(`${entity.path}/${entry.record_id}`)}>{label}</Link> : <span>{label}</span>}
                    </div>
                </td>
                <td className="end">{entry.changes.length > 0 && <Button bar look="plain" aria-expanded={open} onClick={() => setOpen(!open)}>{words(open ? "hide" : "show")}</Button>}</td>
            </tr>
            {open && <tr><td colSpan={5}><Changes changes={entry.changes} entity={entity} /></td></tr>}
        </>
    );
}
