import { useId, type ReactElement, type ReactNode, cloneElement } from "react";

interface Props {
    label: string;
    hint?: ReactNode;
    /** What is wrong with the value, in words. */
    fault?: string | undefined;
    required?: boolean | undefined;
    /** One control; it gets `id`, `aria-invalid` and `aria-describedby`. */
    children: ReactElement;
}

/** A control with its label above it, and what is wrong below. */
export function Field({ label, hint, fault, required, children }: Props) {
    const id = useId();
    const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(" ");
    return (
        <div className="field">
            <label htmlFor={id}>
                {label}
                {required && <span className="muted" aria-hidden="true"> *</span>}
            </label>
            {cloneElement(children, {
                id,
                ...(required ? { "aria-required": true } : {}),
                ...(fault ? { "aria-invalid": true } : {}),
                ...(described ? { "aria-describedby": described } : {}),
            })}
            {hint && <span className="hint" id={`${id}-hint`}>{hint}</span>}
            {fault && <span className="fault" id={`${id}-fault`} role="alert">{fault}</span>}
        </div>
    );
}
