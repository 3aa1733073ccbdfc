import { useRef, useState, type KeyboardEvent } from "react";
import calendar from "bootstrap-icons/calendar3.svg";
import { dayOrder, dayPattern } from "../kernel/format/calendar";
import { date, today } from "../kernel/format/format";
import { Calendar } from "./Calendar";
import { dateTexts as t } from "./dateTexts";
import { isDay, readDay } from "./dates";
import { Floating } from "./Floating";
import { Icon } from "./Icon";
import { TypedInput, type TypedControl } from "./TypedInput";
import { useTyped } from "./useTyped";

export interface DateControl extends TypedControl {
    className?: string;
}

interface Props extends DateControl {
    /** `2026-03-07`, or nothing; or what was typed once and could not be read. */
    value: string;
    /** Told at every change: the day, nothing, or what was typed as long as it can't be read (`isDay` tells). */
    onChange: (value: string) => void;
    /** There is no way to empty it. */
    required?: boolean;
}

/** A date, typed as the language of the interface writes it, or chosen from a calendar. What can't be read is said, and kept. */
export function DateField({ value, onChange, required, className, onKeyDown, ...rest }: Props) {
    const button = useRef<HTMLButtonElement>(null);
    const opener = useRef<HTMLElement | null>(null);
    const [isOpen, setOpen] = useState(false);
    const typed = useTyped(value, onChange, {
        read: (text) => readDay(text, dayOrder(), today()),
        write: (day) => (isDay(day) ? date(day) : day),
        explain: (text) => t("notDate", { text, example: date(today()) }),
    });
    const open = (from: HTMLElement | null) => {
        opener.current = from;
        setOpen(true);
    };
    const close = () => {
        setOpen(false);
        opener.current?.focus();
    };
    const choose = (day: string) => {
        typed.forget();
        close();
        onChange(day);
    };
    const key = (event: KeyboardEvent) => {
        onKeyDown?.(event);
        if (event.key !== "ArrowDown" || event.defaultPrevented) return;
        event.preventDefault();
        open(typed.input.current);
    };
    return (
        <div className={["date-field", className].filter(Boolean).join(" ")}>
            <TypedInput {...rest} typed={typed} placeholder={dayPattern()} maxLength={60} onKeyDown={key}>
                <button
                    ref={button}
                    type="button"
                    className="date-open"
                    aria-label={t("open")}
                    title={t("open")}
                    aria-haspopup="dialog"
                    aria-expanded={isOpen}
                    // Pressed, it doesn't take the focus from what is being edited.
                    onMouseDown={(event) => event.preventDefault()}
                    onKeyDown={(event) => (event.key === "Enter" || event.key === " ") && event.stopPropagation()}
                    onClick={(event) => (isOpen ? close() : open(event.detail && window.matchMedia("(pointer: fine)").matches ? typed.input.current : button.current))}
                >
                    <Icon svg={calendar} />
                </button>
            </TypedInput>
            {isOpen && (
                <Floating anchor={button} back={opener} onClose={close} align="end" role="dialog" label={rest["aria-label"] ?? t("calendar")} className="calendar-panel">
                    <Calendar day={isDay(value) ? value : null} onChoose={choose} clearable={!required && !rest["aria-required"]} />
                </Floating>
            )}
        </div>
    );
}
