import { useEffect, useId, useRef, type ReactNode } from "react";
import close from "bootstrap-icons/x-lg.svg";
import { IconButton } from "./Button";
import { designTexts } from "./texts";
import { showUnread } from "./unreadInput";

interface Props {
    title: string;
    onClose: () => void;
    children: ReactNode;
    footer?: ReactNode;
    wide?: boolean;
    /** Called on Enter in a field of the dialog, and by its submit button. What is wrong is said by the fields, not by the browser. */
    onSubmit?: () => void;
    className?: string;
}

/** A modal dialog. It is open as long as it is rendered; Esc and the cross call `onClose`; the focus goes back where it was. */
export function Dialog({ title, onClose, children, footer, wide, onSubmit, className }: Props) {
    const element = useRef<HTMLDialogElement>(null);
    const id = useId();
    useEffect(() => {
        const dialog = element.current;
        const before = document.activeElement;
        if (dialog && !dialog.open) dialog.showModal();
        const first = dialog?.querySelector<HTMLElement>("[autofocus], .body input, .body textarea, .body select") ?? dialog?.querySelector<HTMLElement>("footer .button.primary");
        first?.focus();
        return () => {
            dialog?.close();
            if (before instanceof HTMLElement && before.isConnected) before.focus();
        };
    }, []);
    const content = (
        <>
            <header>
                <h2 id={id}>{title}</h2>
                <IconButton look="plain" bar icon={close} label={designTexts("close")} onClick={onClose} />
            </header>
            <div className="body">{children}</div>
            {footer && <footer>{footer}</footer>}
        </>
    );
    return (
        <dialog
            ref={element}
            className={["dialog", wide && "wide", className].filter(Boolean).join(" ")}
            aria-labelledby={id}
            onCancel={(event) => {
                event.preventDefault();
                onClose();
            }}
            onKeyDown={(event) => event.stopPropagation()}
            onMouseDown={(event) => {
                if (event.target === element.current) onClose();
            }}
        >
            {onSubmit ? (
                <form
                    style={{ display: "contents" }}
                    noValidate
                    onSubmit={(event) => {
                        event.preventDefault();
                        if (!showUnread(event.currentTarget)) onSubmit();
                    }}
                >
                    {content}
                </form>
            ) : content}
        </dialog>
    );
}
