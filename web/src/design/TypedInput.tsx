import { useId, type KeyboardEvent, type ReactNode } from "react";
import type { useTyped } from "./useTyped";

/** What a form or a cell says of a field that is typed. */
export interface TypedControl {
    id?: string;
    autoFocus?: boolean;
    /** 28 px high, for bars. */
    bar?: boolean;
    onKeyDown?: (event: KeyboardEvent) => void;
    "aria-label"?: string | undefined;
    "aria-invalid"?: boolean;
    "aria-describedby"?: string;
    "aria-required"?: boolean;
}

interface Props extends TypedControl {
    typed: ReturnType<typeof useTyped>;
    placeholder: string;
    maxLength: number;
    /** Stands in the input, at its end. */
    children?: ReactNode;
}

/** The input of a field that is typed freely, and below it what is wrong, unless somebody else says it already. */
export function TypedInput({ typed, bar, onKeyDown, children, ...rest }: Props) {
    const faultId = useId();
    const said = typed.fault && !rest["aria-invalid"] ? typed.fault : "";
    const input = (
        <input
            ref={typed.input}
            type="text"
            className={bar ? "input bar" : "input"}
            autoComplete="off"
            spellCheck={false}
            {...rest}
            {...typed.control}
            {...(said ? { "aria-invalid": true, "aria-describedby": [rest["aria-describedby"], faultId].filter(Boolean).join(" ") } : {})}
            onKeyDown={(event) => {
                typed.tell(event);
                onKeyDown?.(event);
            }}
        />
    );
    return (
        <>
            {children ? <div className="date-box">{input}{children}</div> : input}
            {said && <span className="date-fault" id={faultId} role="alert">{said}</span>}
        </>
    );
}
