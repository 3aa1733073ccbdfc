import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import check from "bootstrap-icons/check2.svg";
import chevron from "bootstrap-icons/chevron-down.svg";
import { setQuery } from "../../../app/router";
import { Button } from "../../../design/Button";
import { Floating } from "../../../design/Floating";
import { Icon } from "../../../design/Icon";
import { designTexts } from "../../../design/texts";
import { api } from "../../../kernel/api/client";
import { labelOf } from "../../../kernel/meta/label";
import { useMeta } from "../../../kernel/meta/meta";
import { useRecord } from "../../../kernel/records/useRecord";
import type { EntityMeta } from "../../../kernel/meta/types";
import type { Page, Row } from "../../../kernel/records/types";
import { t } from "./texts";

interface Props {
    /** The entity whose records can be chosen, and the word of the address that names the one that is. */
    entity: string;
    word: string;
    label: string;
    value: string | null;
}

/** A filter by one record: closed a chip that reads as a sentence, open a list with a search. */
export function RecordChip({ entity: name, word, label, value }: Props) {
    const entity = useMeta().entity(name);
    const anchor = useRef<HTMLButtonElement>(null);
    const [isOpen, setOpen] = useState(false);
    if (!entity?.operations.includes("list")) return null;
    const choose = (id: string | null) => {
        setOpen(false);
        anchor.current?.focus();
        setQuery({ [word]: id });
    };
    return (
        <>
            <Button bar {...(value ? { look: "tinted" as const } : {})} innerRef={anchor} data-filter={word} aria-haspopup="listbox" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
                {value ? <Chosen entity={entity} id={value} label={label} /> : label}
                <Icon svg={chevron} size={11} />
            </Button>
            {isOpen && <Floating anchor={anchor} onClose={() => setOpen(false)} label={label} role="dialog"><RecordList entity={entity} label={label} value={value} onChoose={choose} /></Floating>}
        </>
    );
}

function Chosen({ entity, id, label }: { entity: EntityMeta; id: string; label: string }) {
    const { row } = useRecord(entity, id);
    return <>{t("chosen", { label, name: row ? labelOf(row, entity) : "…" })}</>;
}

function RecordList({ entity, label, value, onChoose }: { entity: EntityMeta; label: string; value: string | null; onChoose: (id: string | null) => void }) {
    const [text, setText] = useState("");
    const [found, setFound] = useState<Row[] | null>(null);
    const [at, setAt] = useState(0);
    const id = useId();
    const input = useRef<HTMLInputElement>(null);
    useEffect(() => input.current?.focus(), []);
    useEffect(() => {
        const ending = new AbortController();
        const timer = setTimeout(() => {
            api.get<Page>(`/${entity.path}`, { limit: 50, ...(text.trim() ? { q: text.trim() } : {}) }, ending.signal)
                .then((page) => setFound([...page.data].sort((one, other) => labelOf(one, entity).localeCompare(labelOf(other, entity)))))
                .catch(() => undefined);
        }, text ? 120 : 0);
        return () => {
            clearTimeout(timer);
            ending.abort();
        };
    }, [entity, text]);
    const options = [...(text ? [] : [{ id: null, label: t("anyone") }]), ...(found ?? []).map((row) => ({ id: row.id as string | null, label: labelOf(row, entity) }))];
    const key = (event: KeyboardEvent) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step && options.length) {
            event.preventDefault();
            setAt((at + step + options.length) % options.length);
        } else if (event.key === "Enter") {
            event.preventDefault();
            const option = options[at];
            if (option) onChoose(option.id);
        }
    };
    return (
        <div className="record-list">
            <input
                className="input bar" role="combobox" aria-expanded="true" aria-controls={id} aria-label={label} aria-activedescendant={options.length ? `${id}-${at}` : undefined}
                ref={input} autoComplete="off" placeholder={designTexts("search")} value={text} onKeyDown={key}
                onChange={(event) => {
                    setText(event.target.value);
                    setAt(0);
                }}
            />
            <div role="listbox" id={id} aria-label={label}>
                {options.map((option, index) => (
                    <div
                        key={option.id ?? ""} id={`${id}-${index}`} role="option" aria-selected={option.id === value} className="menu-item" data-active={index === at}
                        onMouseMove={() => setAt(index)} onMouseDown={(event) => event.preventDefault()} onClick={() => onChoose(option.id)}
                    >
                        <span className="truncate">{option.label}</span>
                        {option.id === value && <span className="aside"><Icon svg={check} /></span>}
                    </div>
                ))}
                {found?.length === 0 && <div className="menu-heading" role="option" aria-selected={false} aria-disabled="true">{designTexts("nothing")}</div>}
            </div>
        </div>
    );
}
