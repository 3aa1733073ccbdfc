import { useRef, useState } from "react";
import chevron from "bootstrap-icons/chevron-down.svg";
import x from "bootstrap-icons/x.svg";
import { texts } from "../../../app/language";
import { Floating } from "../../../design/Floating";
import { Icon } from "../../../design/Icon";
import type { FieldMeta } from "../../meta/types";
import { isWhole, type Clause } from "./clauses";
import { ClauseEditor } from "./ClauseEditor";
import { clauseText } from "./sentence";

const t = texts({ it: { remove: "Togli il filtro {field}", edit: "Filtro {field}: {text}", add: "Filtra per {field}" }, en: { remove: "Remove the filter {field}", edit: "Filter {field}: {text}", add: "Filter by {field}" } });

interface Props {
    field: FieldMeta;
    clause: Clause;
    /** It filters now; otherwise it is only offered. */
    isActive: boolean;
    label: (id: string) => string | undefined;
    onChange: (clause: Clause) => void;
    onRemove: () => void;
}

/** A filter as a sentence: «Chiusura: questo trimestre». Pressing it edits it in place. */
export function FilterChip({ field, clause, isActive, label, onChange, onRemove }: Props) {
    const [draft, setDraft] = useState<Clause | null>(null);
    const anchor = useRef<HTMLButtonElement>(null);
    const text = isActive ? clauseText(field, clause, label) : "";
    const edit = (next: Clause) => {
        setDraft(next);
        if (isWhole(next)) onChange(next);
    };
    // What was emptied filters no more; what was only begun leaves the filter as it was.
    const close = () => {
        setDraft(null);
        if (draft && isActive && !isWhole(draft) && draft.ask === clause.ask) onRemove();
    };
    return (
        <span className={isActive ? "chip active" : "chip"} data-filter={field.key}>
            <button ref={anchor} type="button" className="chip-text" aria-haspopup="dialog" aria-expanded={draft !== null} aria-label={isActive ? t("edit", { field: field.label, text }) : t("add", { field: field.label })} onClick={() => (draft ? close() : setDraft(clause))}>
                <span className="truncate">{isActive ? `${field.label}: ${text}` : field.label}</span>
                {!isActive && <Icon svg={chevron} />}
            </button>
            {isActive && <button type="button" className="chip-remove" aria-label={t("remove", { field: field.label })} title={t("remove", { field: field.label })} onClick={onRemove}><Icon svg={x} /></button>}
            {draft && (
                <Floating anchor={anchor} onClose={close} role="dialog" label={field.label} className="filter-panel">
                    <ClauseEditor field={field} clause={draft} onChange={edit} onDone={() => {
                        close();
                        anchor.current?.focus();
                    }} />
                </Floating>
            )}
        </span>
    );
}
