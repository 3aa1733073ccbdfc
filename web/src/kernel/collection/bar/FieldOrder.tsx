import { useState, type DragEvent, type KeyboardEvent } from "react";
import arrowDown from "bootstrap-icons/arrow-down.svg";
import arrowUp from "bootstrap-icons/arrow-up.svg";
import grip from "bootstrap-icons/grip-vertical.svg";
import x from "bootstrap-icons/x-lg.svg";
import { IconButton } from "../../../design/Button";
import { Icon } from "../../../design/Icon";
import { field } from "../../meta/meta";
import type { EntityMeta, FieldMeta } from "../../meta/types";
import { moveColumn } from "../columns";
import { PickList } from "../PickList";
import { t } from "./barTexts";

interface Props {
    entity: EntityMeta;
    label: string;
    /** Says that more can be put in. */
    add: string;
    chosen: string[];
    offered: FieldMeta[];
    onChange: (keys: string[]) => void;
}

/** Fields in an order of their own: dragged or moved by keys, taken out, put in from a list. */
export function FieldOrder({ entity, label, add, chosen, offered, onChange }: Props) {
    const [dragged, setDragged] = useState<number | null>(null);
    const [said, say] = useState("");
    const name = (key: string) => field(entity, key)?.label ?? key;
    const move = (from: number, to: number) => {
        if (to < 0 || to >= chosen.length) return;
        onChange(moveColumn(chosen, from, to));
        say(t("moved", { name: name(chosen[from] ?? ""), place: to + 1, count: chosen.length }));
    };
    const key = (event: KeyboardEvent, at: number) => {
        const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
        if (!by) return;
        event.preventDefault();
        move(at, at + by);
        const list = event.currentTarget.parentElement;
        requestAnimationFrame(() => list?.querySelector<HTMLElement>(`[data-at="${at + by}"] .button:last-child`)?.focus());
    };
    const over = (event: DragEvent, at: number) => {
        if (dragged === null) return;
        event.preventDefault();
        if (dragged === at) return;
        onChange(moveColumn(chosen, dragged, at));
        setDragged(at);
    };
    const rest = offered.filter((one) => !chosen.includes(one.key));
    return (
        <div className="field-order">
            <div className="menu-heading">{label}</div>
            <ul aria-label={label} title={t("moveHint")}>
                {chosen.map((one, at) => (
                    <li
                        key={one}
                        data-at={at}
                        data-column={one}
                        className={dragged === at ? "field-place dragged" : "field-place"}
                        draggable
                        onDragStart={(event) => {
                            event.dataTransfer.effectAllowed = "move";
                            setDragged(at);
                        }}
                        onDragOver={(event) => over(event, at)}
                        onDragEnd={() => setDragged(null)}
                        onKeyDown={(event) => key(event, at)}
                    >
                        <Icon svg={grip} />
                        <span className="truncate grow">{name(one)}</span>
                        <IconButton bar look="plain" className="order-step" icon={arrowUp} label={t("up", { name: name(one) })} disabled={at === 0} onClick={() => move(at, at - 1)} />
                        <IconButton bar look="plain" className="order-step" icon={arrowDown} label={t("down", { name: name(one) })} disabled={at === chosen.length - 1} onClick={() => move(at, at + 1)} />
                        <IconButton bar look="plain" icon={x} label={t("hide", { name: name(one) })} disabled={chosen.length === 1} onClick={() => onChange(chosen.filter((other) => other !== one))} />
                    </li>
                ))}
            </ul>
            {rest.length > 0 && <>
                <div className="menu-heading">{add}</div>
                <PickList key={chosen.length} label={add} options={rest.map((other) => ({ value: other.key, label: other.label }))} onPick={(added) => onChange([...chosen, added])} />
            </>}
            <div className="unseen" role="status">{said}</div>
        </div>
    );
}
