import { useEffect, useState } from "react";
import { fetchRecords } from "../../records/live";
import { textOf } from "../../fields/FieldValue";
import { labelOf } from "../../meta/label";
import { field, useMeta } from "../../meta/meta";
import type { EntityMeta } from "../../meta/types";
import { records } from "../../records/cache";
import type { Row, Value } from "../../records/types";
import { countLabel } from "../words";
import type { Preview } from "./bulk";
import { t } from "./bulkTexts";

/** What a bulk change would do: how many, the first of them from and to, and what stands in its way. */
export function BulkPreview({ entity, preview, isDelete }: { entity: EntityMeta; preview: Preview; isDelete: boolean }) {
    const names = useReferred(entity, preview);
    const meta = useMeta();
    const say = (row: Row, key: string, value: unknown): string => {
        const one = field(entity, key);
        if (value === null || value === undefined) return "—";
        if (!one) return String(value);
        if (one.kind === "reference") return names.get(String(value)) ?? "…";
        return textOf(entity, one, { ...row, [key]: value as Value }, meta) || "—";
    };
    const shown = preview.first.slice(0, 6);
    const isCounted = preview.first.some((row) => row.changes.some((one) => ["money", "integer", "percent"].includes(field(entity, one.field)?.kind ?? "")));
    if (preview.count === 0 && !preview.errors.length) return <p className="muted">{t("nothing")}</p>;
    return (
        <section aria-label={t("preview")} className={isCounted ? "bulk-preview counted" : "bulk-preview"}>
            {!isDelete && <p><strong>{t("would", { count: preview.count, what: countLabel(entity, preview.count) })}</strong></p>}
            {shown.length > 0 && (
                <table>
                    <caption className="unseen">{t("first")}</caption>
                    <thead><tr><th scope="col">{t("record")}</th>{!isDelete && <><th scope="col">{t("from")}</th><th scope="col">{t("to")}</th></>}</tr></thead>
                    <tbody>
                        {shown.map((row) => {
                            const change = row.changes.find((one) => !one.field.endsWith("_currency")) ?? row.changes[0];
                            return (
                                <tr key={row.id}>
                                    <td className="truncate">{labelOf(row, entity)}</td>
                                    {!isDelete && <><td className="truncate muted">{change ? say(row, change.field, change.from) : "—"}</td><td className="truncate">{change ? say(row, change.field, change.to) : "—"}</td></>}
                                </tr>
                            );
                        })}
                    </tbody>
                </table>
            )}
            {preview.count > shown.length && <p className="muted small">{t("others", { count: preview.count - shown.length })}</p>}
            {preview.errors.length > 0 && (
                <div className="bulk-faults" role="alert">
                    <strong>{t("faults", { count: preview.errors.length })}</strong>
                    <ul>{[...new Set(preview.errors.map((one) => one.message))].slice(0, 4).map((message) => <li key={message}>{message}</li>)}</ul>
                </div>
            )}
        </section>
    );
}

/** The names of the records that the changed references point to, before and after. */
function useReferred(entity: EntityMeta, preview: Preview): Map<string, string> {
    const meta = useMeta();
    const [names, setNames] = useState(new Map<string, string>());
    useEffect(() => {
        let ended = false;
        const wanted = new Map<string, Set<string>>();
        for (const change of preview.first.flatMap((row) => row.changes)) {
            const target = field(entity, change.field)?.reference?.entity;
            if (!target) continue;
            for (const id of [change.from, change.to]) if (typeof id === "string") wanted.set(target, (wanted.get(target) ?? new Set()).add(id));
        }
        const work = [...wanted].map(async ([name, ids]) => {
            const of = meta.entity(name);
            if (!of) return;
            const missing = [...ids].filter((id) => !records.get(id));
            if (missing.length) await fetchRecords(of, missing).catch(() => undefined);
        });
        void Promise.all(work).then(() => {
            if (ended) return;
            const found = [...wanted].flatMap(([name, ids]) => [...ids].map((id): [string, string] => [id, labelOf(records.get(id), meta.entity(name))]));
            setNames(new Map(found));
        });
        return () => {
            ended = true;
        };
    }, [entity, meta, preview]);
    return names;
}
