import { useId } from "react";
import { clock } from "../kernel/format/calendar";
import type { DateControl } from "./DateField";
import { dateTexts as t } from "./dateTexts";
import { isTime, readTime } from "./dates";
import { useTyped } from "./useTyped";

interface Props extends DateControl {
    /** `09:30`, or nothing; or what was typed once and could not be read. */
    value: string;
    onChange: (value: string) => void;
    /** Nothing is a fault. */
    needed?: boolean;
}

/** A time of day, typed: `9`, `9.30`, `0930`, `9 pm`; shown as the language of the interface writes it. */
export function TimeField({ value, onChange, needed, bar, className, onKeyDown, ...rest }: Props) {
    const faultId = useId();
    const { input, fault, tell, control } = useTyped(value, onChange, {
        read: readTime,
        write: (time) => (isTime(time) ? clock(time) : time),
        explain: (text) => t(text ? "notTime" : "noTime", { text, example: clock("09:30") }),
        needed: needed ?? false,
    });
    const said = fault && !rest["aria-invalid"] ? fault : "";
    return (
        <div className={["time-field", className].filter(Boolean).join(" ")}>
            <input
                ref={input}
                type="text"
                className={bar ? "input bar" : "input"}
                autoComplete="off"
                spellCheck={false}
                maxLength={20}
                placeholder="--:--"
                {...rest}
                {...control}
                {...(said ? { "aria-invalid": true, "aria-describedby": [rest["aria-describedby"], faultId].filter(Boolean).join(" ") } : {})}
                onKeyDown={(event) => {
                    tell(event);
                    onKeyDown?.(event);
                }}
            />
            {said && <span className="date-fault" id={faultId} role="alert">{said}</span>}
        </div>
    );
}
