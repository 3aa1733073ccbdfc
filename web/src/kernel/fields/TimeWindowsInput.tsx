import plus from "bootstrap-icons/plus-lg.svg";
import x from "bootstrap-icons/x-lg.svg";
import { texts } from "../../app/language";
import { Button, IconButton } from "../../design/Button";
import { isTime } from "../../design/dates";
import { TimeField } from "../../design/TimeField";
import type { Value } from "../records/types";
import { dayName, days, type TimeWindow } from "./timeWindows";

const t = texts({
    it: { add: "Aggiungi un orario", remove: "Togli {day} {from}", day: "Giorno", from: "Dalle", to: "Alle" },
    en: { add: "Add hours", remove: "Remove {day} {from}", day: "Day", from: "From", to: "To" },
});

/** Hours of the week, one line each: the day, from and to. */
export function TimeWindowsInput({ windows, onChange, id, label }: { windows: TimeWindow[]; onChange: (value: Value) => void; id?: string; label?: string }) {
    const put = (next: TimeWindow[]) => onChange(next.length ? (next as unknown as Value) : null);
    const set = (index: number, part: Partial<TimeWindow>) => put(windows.map((one, at) => (at === index ? { ...one, ...part } : one)));
    const add = () => {
        const last = windows[windows.length - 1];
        put([...windows, last ? { ...last, day: Math.min(7, last.day + 1) } : { day: 1, from: "09:00", to: "18:00" }]);
    };
    return (
        <div className="time-windows" role="group" {...(label ? { "aria-label": label } : {})}>
            {windows.map((one, index) => (
                <div key={index} className="time-window">
                    <select className="input" aria-label={t("day")} value={one.day} onChange={(event) => set(index, { day: Number(event.target.value) })}>
                        {days.map((day) => <option key={day} value={day}>{dayName(day)}</option>)}
                    </select>
                    <TimeField needed aria-label={t("from")} value={one.from} onChange={(from) => isTime(from) && set(index, { from })} />
                    <TimeField needed aria-label={t("to")} value={one.to} onChange={(to) => isTime(to) && set(index, { to })} />
                    <IconButton look="plain" bar icon={x} label={t("remove", { day: dayName(one.day, "long"), from: one.from })} onClick={() => put(windows.filter((_, at) => at !== index))} />
                </div>
            ))}
            <Button bar look="plain" icon={plus} {...(id ? { id } : {})} onClick={add}>{t("add")}</Button>
        </div>
    );
}
