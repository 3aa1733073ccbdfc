import { useEffect, useState } from "react";
import { to } from "../../app/router";
import { api } from "../api/client";
import { Problem } from "../api/problem";
import type { EntityMeta } from "../meta/types";
import type { Value } from "../records/types";
import { duplicateQuery } from "./duplicateQuery";
import { createTexts as t } from "./texts";

interface Likeness {
    id: string;
    label: string;
    reason: string;
}

/** Entities whose server part does not look for duplicates: asked once, then never again. */
const deaf = new Set<string>();

interface Props {
    entity: EntityMeta;
    values: Record<string, Value>;
    typed: Record<string, Value>;
    /** Takes that record instead of making another one. */
    onUse?: (id: string) => void;
}

/** Records that what was typed would probably repeat, each with a link that opens beside the form. */
export function Duplicates({ entity, values, typed, onUse }: Props) {
    const [found, setFound] = useState<Likeness[]>([]);
    const asked = duplicateQuery(entity, values, typed);
    const question = asked ? JSON.stringify(asked) : null;
    useEffect(() => {
        if (!question || deaf.has(entity.name)) return setFound([]);
        const ending = new AbortController();
        const timer = setTimeout(() => {
            api.post<{ data: Likeness[] }>(`/${entity.path}/duplicates`, JSON.parse(question), { signal: ending.signal })
                .then((answer) => setFound(answer.data))
                .catch((error: unknown) => {
                    if (error instanceof Problem && (error.status === 404 || error.status === 405)) deaf.add(entity.name);
                    if (!ending.signal.aborted) setFound([]);
                });
        }, 250);
        return () => {
            clearTimeout(timer);
            ending.abort();
        };
    }, [question, entity]);
    return (
        <div role="status" className="duplicates-place">
            {found.length > 0 && (
                <div className="duplicates">
                    <strong>{t("likely", { count: found.length })}</strong>
                    <ul>
                        {found.slice(0, 5).map((one) => (
                            <li key={one.id} data-record-id={one.id}>
                                <a href={to(`${entity.path}/${one.id}`)} target="_blank" rel="noopener">{one.label}</a>
                                <span className="muted">{reasonText(entity, one.reason)}</span>
                                {onUse && <button type="button" className="link-button" onClick={() => onUse(one.id)}>{t("use")}</button>}
                            </li>
                        ))}
                    </ul>
                </div>
            )}
        </div>
    );
}

/** `name_and_city` by the labels of the fields that are meant. */
function reasonText(entity: EntityMeta, reason: string): string {
    const labels = reason.split("_and_").map((part) => entity.fields.find((one) => one.key === part)?.label.toLowerCase()).filter(Boolean);
    return labels.length ? t("same", { what: labels.join(", ") }) : "";
}
