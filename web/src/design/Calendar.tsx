import { useEffect, useId, useRef, useState, type KeyboardEvent, type SyntheticEvent } from "react";
import left from "bootstrap-icons/chevron-left.svg";
import right from "bootstrap-icons/chevron-right.svg";
import { fullDay, monthOf, weekdayOf } from "../kernel/format/calendar";
import { today as todayOf, weekStart } from "../kernel/format/format";
import { Button, IconButton } from "./Button";
import { dateTexts as t } from "./dateTexts";
import { addDays, addMonths, weekBegin, weeksOf } from "./dates";

interface Props {
    day: string | null;
    /** Told the day; nothing where it is emptied. */
    onChoose: (day: string) => void;
    clearable: boolean;
}

/** One month at a time (ARIA grid): arrows go by days and weeks, Page Up and Down by months, Home and End within the week. */
export function Calendar({ day, onChoose, clearable }: Props) {
    const today = todayOf();
    const first = weekStart();
    const title = useId();
    const panel = useRef<HTMLDivElement>(null);
    const [at, setAt] = useState(day ?? today);
    const follows = useRef(true);
    useEffect(() => {
        if (follows.current) panel.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus();
    }, [at]);
    const go = (next: string, withFocus: boolean) => {
        follows.current = withFocus;
        setAt(next);
    };
    const key = (event: KeyboardEvent) => {
        event.stopPropagation();
        if (event.key === "Tab") return stay(event, panel.current);
        if (!(event.target instanceof HTMLElement) || !event.target.dataset["day"]) return;
        const next = reached(event, at, first);
        if (!next) return;
        event.preventDefault();
        go(next, true);
    };
    const weeks = weeksOf(at, first);
    return (
        <div ref={panel} className="calendar" onKeyDown={key} onBlur={keep} onFocus={keep} onClick={keep} onMouseDown={keep} onDoubleClick={keep}>
            <div className="calendar-head">
                <IconButton bar look="plain" icon={left} label={t("previous")} onClick={() => go(addMonths(at, -1), false)} />
                <strong id={title} aria-live="polite">{monthOf(at)}</strong>
                <IconButton bar look="plain" icon={right} label={t("next")} onClick={() => go(addMonths(at, 1), false)} />
            </div>
            <table role="grid" aria-labelledby={title}>
                <thead>
                    <tr>{weeks[0]?.map((one) => <th key={one} scope="col" abbr={weekdayOf(one, "long")}>{weekdayOf(one, "short").slice(0, 3)}</th>)}</tr>
                </thead>
                <tbody>
                    {weeks.map((week) => (
                        <tr key={week[0]}>
                            {week.map((one) => (
                                <td key={one} role="gridcell" aria-selected={one === day}>
                                    <button
                                        type="button"
                                        className={one.slice(0, 7) === at.slice(0, 7) ? "calendar-day" : "calendar-day other"}
                                        data-day={one}
                                        tabIndex={one === at ? 0 : -1}
                                        aria-label={fullDay(one)}
                                        aria-current={one === today ? "date" : undefined}
                                        onClick={() => onChoose(one)}
                                    >
                                        {Number(one.slice(8))}
                                    </button>
                                </td>
                            ))}
                        </tr>
                    ))}
                </tbody>
            </table>
            <div className="calendar-foot">
                <Button bar look="plain" onClick={() => onChoose(today)}>{t("today")}</Button>
                {clearable && day && <Button bar look="plain" onClick={() => onChoose("")}>{t("clear")}</Button>}
            </div>
        </div>
    );
}

/** What happens in the calendar is nothing to what it hangs on, although it stands below it in the tree. */
const keep = (event: SyntheticEvent) => event.stopPropagation();

function reached(event: KeyboardEvent, at: string, first: number): string | null {
    switch (event.key) {
        case "ArrowLeft": return addDays(at, -1);
        case "ArrowRight": return addDays(at, 1);
        case "ArrowUp": return addDays(at, -7);
        case "ArrowDown": return addDays(at, 7);
        case "PageUp": return addMonths(at, event.shiftKey ? -12 : -1);
        case "PageDown": return addMonths(at, event.shiftKey ? 12 : 1);
        case "Home": return weekBegin(at, first);
        case "End": return addDays(weekBegin(at, first), 6);
        default: return null;
    }
}

/** Tab goes round within the calendar: it has to be closed to be left. */
function stay(event: KeyboardEvent, panel: HTMLElement | null) {
    const all = [...(panel?.querySelectorAll<HTMLElement>("button:not([tabindex='-1'])") ?? [])];
    const place = all.indexOf(document.activeElement as HTMLElement);
    event.preventDefault();
    all[(place + (event.shiftKey ? -1 : 1) + all.length) % all.length]?.focus();
}
