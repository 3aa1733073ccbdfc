import type { Control } from "./FieldInput";

/** Where a number is typed; what was typed stands there as it was typed. */
export function DecimalInput({ text, onType, ...rest }: Control & { text: string; onType: (text: string) => void }) {
    return <input className="input number" inputMode="decimal" {...rest} value={text} onChange={(event) => onType(event.target.value)} />;
}
