import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { Icon } from "./Icon";

type Look = "primary" | "plain" | "danger" | "tinted";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
    /** At most one primary on a screen. */
    look?: Look;
    icon?: string;
    /** 28 px high, for bars. */
    bar?: boolean;
    /** The key that does the same, shown beside the word. */
    shortcut?: string;
    /** Work is under way: the button stays in place and can't be pressed again. */
    busy?: boolean;
    innerRef?: Ref<HTMLButtonElement>;
    children?: ReactNode;
}

/** A button with a word. */
export function Button({ look, icon, bar, shortcut, busy, innerRef, className, children, ...rest }: Props) {
    const names = ["button", look, bar && "bar", className].filter(Boolean).join(" ");
    return (
        <button type="button" className={names} ref={innerRef} aria-busy={busy || undefined} {...rest} disabled={rest.disabled || busy}>
            {icon && <Icon svg={icon} />}
            {children}
            {shortcut && <Kbd>{shortcut}</Kbd>}
        </button>
    );
}

/** A button that shows an icon only; `label` is what it is called, and its tooltip. */
export function IconButton({ label, icon, look, bar, busy, innerRef, className, children, shortcut, ...rest }: Props & { label: string; icon: string }) {
    const names = ["button", "square", look, bar && "bar", className].filter(Boolean).join(" ");
    const title = shortcut ? `${label} (${shortcut})` : label;
    return (
        <button type="button" className={names} ref={innerRef} aria-label={label} title={title} aria-busy={busy || undefined} {...rest} disabled={rest.disabled || busy}>
            <Icon svg={icon} />
            {children}
        </button>
    );
}

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
    return <kbd className="kbd" aria-hidden="true">{children}</kbd>;
}
