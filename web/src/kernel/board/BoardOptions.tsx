import { useEffect, useId, useRef, useState } from "react";
import kanban from "bootstrap-icons/layout-three-columns.svg";
import { setQuery, usePlace } from "../../app/router";
import { Button } from "../../design/Button";
import { Floating } from "../../design/Floating";
import type { EntityMeta } from "../meta/types";
import { groupingFields } from "./columns";
import { boardChoice, keepChoice } from "./settings";
import { t } from "./texts";

/** What the board's columns stand for and what its cards show; a button for the bar above it. */
export function BoardOptions({ entity }: { entity: EntityMeta }) {
    const place = usePlace();
    const anchor = useRef<HTMLButtonElement>(null);
    const [isOpen, setOpen] = useState(false);
    const id = useId();
    const { grouping, fields } = boardChoice(entity, place.query);
    const groupings = groupingFields(entity);
    const offered = entity.fields.filter((one) => !["json", "ids", "time_windows", "address", "long_text"].includes(one.kind) && (!one.standard || one.kind === "instant") && one.key !== grouping?.key && one.key !== "deleted_at" && one.kind !== "currency");
    const choose = (key: string) => {
        keepChoice(entity, { group: key });
        setQuery({ group: key });
    };
    const toggle = (key: string) => {
        const cards = fields.includes(key) ? fields.filter((one) => one !== key) : [...fields, key];
        keepChoice(entity, { cards });
        setQuery({ cards: cards.join(",") || "title" });
    };
    return (
        <>
            <Button bar look="plain" icon={kanban} innerRef={anchor} aria-haspopup="dialog" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{t("options")}</Button>
            {isOpen && (
                <Floating anchor={anchor} align="end" role="dialog" label={t("options")} className="board-options" onClose={() => setOpen(false)}>
                    <FocusFirst />
                    {groupings.length > 1 && (
                        <div className="field">
                            <label htmlFor={id}>{t("grouping")}</label>
                            <select id={id} className="input bar" value={grouping?.key ?? ""} onChange={(event) => choose(event.target.value)}>
                                {groupings.map((one) => <option key={one.key} value={one.key}>{one.label}</option>)}
                            </select>
                        </div>
                    )}
                    <fieldset>
                        <legend className="field-label">{t("shown")}</legend>
                        {offered.map((one) => (
                            <label key={one.key} className="menu-item">
                                <input type="checkbox" className="checkbox" checked={fields.includes(one.key)} onChange={() => toggle(one.key)} />
                                <span className="truncate">{one.label}</span>
                            </label>
                        ))}
                    </fieldset>
                </Floating>
            )}
        </>
    );
}

/** The panel can be focused only once it has found its place. */
function FocusFirst() {
    const mark = useRef<HTMLSpanElement>(null);
    useEffect(() => mark.current?.parentElement?.querySelector<HTMLElement>("select, input")?.focus(), []);
    return <span ref={mark} hidden />;
}
