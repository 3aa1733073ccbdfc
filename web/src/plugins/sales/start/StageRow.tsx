import { useState } from "react";
import grip from "bootstrap-icons/grip-vertical.svg";
import up from "bootstrap-icons/arrow-up.svg";
import down from "bootstrap-icons/arrow-down.svg";
import x from "bootstrap-icons/x-lg.svg";
import { texts } from "../../../app/language";
import { Dot } from "../../../design/Badge";
import { IconButton } from "../../../design/Button";
import { Icon } from "../../../design/Icon";
import { stageTone } from "../../../kernel/fields/FieldValue";
import { parseNumber } from "../../../kernel/format/format";
import type { Row } from "../../../kernel/records/types";

const t = texts({
    it: { name: "Nome della fase {count}", share: "Probabilità di vincita di {name}, in percento", up: "Sposta su {name}", down: "Sposta giù {name}", remove: "Togli {name}", won: "chiude come vinta", lost: "chiude come persa" },
    en: { name: "Name of stage {count}", share: "Probability of winning in {name}, in percent", up: "Move {name} up", down: "Move {name} down", remove: "Remove {name}", won: "closes as won", lost: "closes as lost" },
});

interface Props {
    stage: Row;
    index: number;
    /** How many stages are open ones. */
    open: number;
    autoFocus: boolean;
    onSave: (set: Record<string, string | number>) => Promise<unknown>;
    onMove: (by: 1 | -1) => void;
    /** Another stage was dropped on this one. */
    onDrop: (id: string) => void;
    onRemove: () => void;
}

/** One stage: its name and probability, edited where they stand; moved by its handle or by its buttons. */
export function StageRow({ stage, index, open, autoFocus, onSave, onMove, onDrop, onRemove }: Props) {
    const [over, setOver] = useState(false);
    const name = String(stage["name"] ?? "");
    const kind = stage["kind"];
    const isOpen = kind === "open";
    const share = typeof stage["win_probability"] === "number" ? stage["win_probability"] / 100 : null;
    return (
        <li
            className={over ? "stage-row over" : "stage-row"}
            data-record-id={stage.id}
            onDragOver={(event) => {
                if (!isOpen || !event.dataTransfer.types.includes("text/stage")) return;
                event.preventDefault();
                setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
                event.preventDefault();
                setOver(false);
                onDrop(event.dataTransfer.getData("text/stage"));
            }}
        >
            <span className="stage-grip" aria-hidden="true" draggable={isOpen} onDragStart={(event) => event.dataTransfer.setData("text/stage", stage.id)}>{isOpen && <Icon svg={grip} />}</span>
            <Dot tone={stageTone(stage)} />
            <input
                className="input"
                aria-label={t("name", { count: index + 1 })}
                defaultValue={name}
                autoFocus={autoFocus}
                maxLength={100}
                onFocus={(event) => autoFocus && event.target.select()}
                onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
                onBlur={(event) => {
                    const next = event.target.value.trim();
                    if (!next) event.target.value = name;
                    else if (next !== name) void onSave({ name: next });
                }}
            />
            {isOpen ? (
                <span className="stage-share">
                    <input
                        className="input number"
                        inputMode="decimal"
                        aria-label={t("share", { name })}
                        defaultValue={share ?? ""}
                        onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
                        onBlur={(event) => {
                            const next = parseNumber(event.target.value);
                            if (next === null || next < 0 || next > 100) event.target.value = String(share ?? "");
                            else if (next !== share) void onSave({ win_probability: Math.round(next * 100) });
                        }}
                    />
                    <span className="muted">%</span>
                </span>
            ) : <span className="muted small stage-kind">{t(kind === "won" ? "won" : "lost")}</span>}
            <span className="stage-buttons">
                {isOpen && <>
                    <IconButton look="plain" bar icon={up} label={t("up", { name })} disabled={index === 0} onClick={() => onMove(-1)} />
                    <IconButton look="plain" bar icon={down} label={t("down", { name })} disabled={index >= open - 1} onClick={() => onMove(1)} />
                    <IconButton look="plain" bar icon={x} label={t("remove", { name })} disabled={open < 2} onClick={onRemove} />
                </>}
            </span>
        </li>
    );
}
