import { clock } from "../kernel/format/calendar";
import type { DateControl } from "./DateField";
import { dateTexts as t } from "./dateTexts";
import { isTime, readTime } from "./dates";
import { TypedInput } from "./TypedInput";
import { useTyped } from "./useTyped";

interface Props extends DateControl {
    /** `09:30`, or nothing; or what was typed once and could not be read. */
    value: string;
    onChange: (value: string) => void;
    /** Nothing is a fault. */
    needed?: boolean;
}

/** A time of day, typed: `9`, `9.30`, `0930`, `9 pm`; shown as the language of the interface writes it. */
export function TimeField({ value, onChange, needed, className, ...rest }: Props) {
    const typed = useTyped(value, onChange, {
        read: readTime,
        write: (time) => (isTime(time) ? clock(time) : time),
        explain: (text) => t(text ? "notTime" : "noTime", { text, example: clock("09:30") }),
        needed: needed ?? false,
    });
    return (
        <div className={["time-field", className].filter(Boolean).join(" ")}>
            <TypedInput {...rest} typed={typed} placeholder="--:--" maxLength={20} />
        </div>
    );
}
