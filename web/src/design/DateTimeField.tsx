import { today } from "../kernel/format/format";
import { DateField, type DateControl } from "./DateField";
import { dateTexts as t } from "./dateTexts";
import { isDay } from "./dates";
import { TimeField } from "./TimeField";

/** The hour of a day of which none was said. */
const morning = "09:00";

interface Props extends DateControl {
    /** `2026-03-07T09:30`, or nothing; or what was typed once and could not be read. */
    value: string;
    /** Told at every change; `isLocalMinutes` tells whether it can be read. */
    onChange: (value: string) => void;
    required?: boolean;
}

/** A date and its hour beside it. A day without an hour gets the beginning of the working day, an hour without a day today. */
export function DateTimeField({ value, onChange, required, className, ...rest }: Props) {
    const at = value.lastIndexOf("T");
    const [day, time] = at < 0 ? [value, ""] : [value.slice(0, at), value.slice(at + 1)];
    const setDay = (next: string) => onChange(next && `${next}T${time || (isDay(next) ? morning : "")}`);
    const setTime = (next: string) => onChange(next || day ? `${day || today()}T${next.toLowerCase()}` : "");
    const { id, autoFocus, ...shared } = rest;
    return (
        <div className={["date-time", className].filter(Boolean).join(" ")}>
            <DateField value={day} onChange={setDay} {...rest} {...(required ? { required } : {})} />
            <TimeField value={time} onChange={setTime} needed={isDay(day)} {...shared} aria-label={rest["aria-label"] ? `${rest["aria-label"]}: ${t("time").toLowerCase()}` : t("time")} />
        </div>
    );
}
