import { useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import { createPortal } from "react-dom";

interface Props {
    anchor: RefObject<HTMLElement>;
    /** What gets the focus back after Esc, where it isn't the anchor. */
    back?: RefObject<HTMLElement>;
    onClose: () => void;
    children: ReactNode;
    className?: string;
    align?: "start" | "end";
    /** At least as wide as what it hangs on. */
    matchWidth?: boolean;
    role?: string;
    label?: string;
}

/** The open panels, each above those before it: Esc closes the uppermost only, and a press in one is none outside of those below. */
const stack: HTMLElement[] = [];

/** A panel that hangs below (or, without room, above) its anchor, inside an open dialog where there is one, else inside the page. Esc and a press outside close it. */
export function Floating({ anchor, back, onClose, children, className, align = "start", matchWidth, role, label }: Props) {
    const panel = useRef<HTMLDivElement>(null);
    const [place, setPlace] = useState<{ left: number; top: number; minWidth?: number; maxHeight: number } | null>(null);
    const measure = useCallback(() => {
        const box = anchor.current?.getBoundingClientRect();
        const size = panel.current?.getBoundingClientRect();
        if (!box || !size) return;
        const below = window.innerHeight - box.bottom - 12;
        const above = box.top - 12;
        const goesUp = size.height > below && above > below;
        const maxHeight = Math.max(120, Math.min(420, goesUp ? above : below));
        const height = Math.min(size.height, maxHeight);
        const width = Math.max(size.width, matchWidth ? box.width : 0);
        const left = align === "end" ? box.right - width : box.left;
        setPlace({
            left: Math.max(8, Math.min(left, window.innerWidth - width - 8)),
            top: Math.max(8, Math.min(goesUp ? box.top - height - 4 : box.bottom + 4, window.innerHeight - height - 8)),
            maxHeight,
            ...(matchWidth ? { minWidth: box.width } : {}),
        });
    }, [anchor, align, matchWidth]);
    useLayoutEffect(measure, [measure]);
    useEffect(() => {
        const element = panel.current;
        if (!element) return;
        stack.push(element);
        return () => void stack.splice(stack.indexOf(element), 1);
    }, []);
    useEffect(() => {
        const element = panel.current;
        const observer = new ResizeObserver(measure);
        if (element) observer.observe(element);
        const press = (event: PointerEvent) => {
            const target = event.target as Node;
            const isWithin = element && stack.slice(stack.indexOf(element)).some((one) => one.contains(target));
            if (!isWithin && !anchor.current?.contains(target)) onClose();
        };
        const key = (event: KeyboardEvent) => {
            if (event.key !== "Escape" || stack[stack.length - 1] !== element) return;
            event.stopImmediatePropagation();
            event.preventDefault();
            onClose();
            (back ?? anchor).current?.focus();
        };
        document.addEventListener("pointerdown", press, true);
        document.addEventListener("keydown", key, true);
        window.addEventListener("resize", measure);
        const scroll = (event: Event) => event.target instanceof Node && event.target.contains(anchor.current) && measure();
        document.addEventListener("scroll", scroll, { capture: true, passive: true });
        return () => {
            observer.disconnect();
            document.removeEventListener("pointerdown", press, true);
            document.removeEventListener("keydown", key, true);
            window.removeEventListener("resize", measure);
            document.removeEventListener("scroll", scroll, true);
        };
    }, [anchor, back, onClose, measure]);
    const host = anchor.current?.closest<HTMLElement>("dialog, main") ?? document.body;
    return createPortal(
        <div
            ref={panel}
            className={["floating", className].filter(Boolean).join(" ")}
            role={role}
            aria-label={label}
            // Not `visibility`: what is hidden so could not take the focus before it has found its place.
            style={{ opacity: place ? 1 : 0, ...place }}
        >
            {children}
        </div>,
        host,
    );
}
