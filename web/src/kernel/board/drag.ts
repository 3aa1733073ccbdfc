import { useCallback, useEffect, useRef, useState, type PointerEvent as ReactPointerEvent, type RefObject } from "react";

/** A card on its way. */
export interface Dragging {
    id: string;
    /** The key of the column under the pointer. */
    over: string | null;
    width: number;
}

interface Host {
    root: RefObject<HTMLElement>;
    /** What follows the pointer. */
    ghost: RefObject<HTMLElement>;
    isOffered: boolean;
    onStart: (id: string) => void;
    onDrop: (id: string, column: string) => void;
    onCancel: (id: string) => void;
}

const threshold = 6;
const longPress = 260;
const edge = 56;

/** How far to scroll in a frame when the pointer is that near to an edge. */
export const edgeSpeed = (at: number, start: number, end: number): number => {
    if (at < start + edge) return -Math.ceil((start + edge - at) / 4);
    if (at > end - edge) return Math.ceil((at - end + edge) / 4);
    return 0;
};

/**
 * Drags cards by pointer: the mouse after six pixels, a finger after a moment's rest so that scrolling stays free.
 *
 * Lists scroll near their edges; Esc puts the card back. Give `onPointerDown` to the board's root.
 */
export function useCardDrag(host: Host) {
    const [dragging, setDragging] = useState<Dragging | null>(null);
    const latest = useRef(host);
    latest.current = host;
    const stop = useRef<() => void>(() => undefined);
    useEffect(() => () => stop.current(), []);
    const onPointerDown = useCallback((event: ReactPointerEvent) => {
        const card = (event.target as HTMLElement).closest<HTMLElement>(".card[data-record-id]");
        const id = card?.dataset["recordId"];
        if (!card || !id || event.button !== 0 || !event.isPrimary || event.ctrlKey || event.metaKey || !latest.current.isOffered) return;
        stop.current();
        stop.current = follow(event.nativeEvent, card, id, latest, setDragging);
    }, []);
    return { dragging, onPointerDown };
}

function follow(down: PointerEvent, card: HTMLElement, id: string, host: RefObject<Host>, show: (dragging: Dragging | null) => void): () => void {
    const isTouch = down.pointerType === "touch";
    const at = { x: down.clientX, y: down.clientY };
    const grip = { x: 0, y: 0 };
    let under: string | null = null;
    let isMoving = false;
    let frame = 0;
    const timer = isTouch ? setTimeout(begin, longPress) : undefined;

    function begin() {
        const box = card.getBoundingClientRect();
        grip.x = at.x - box.left;
        grip.y = at.y - box.top;
        isMoving = true;
        host.current?.onStart(id);
        under = columnAt();
        show({ id, over: under, width: box.width });
        frame = requestAnimationFrame(tick);
    }
    function columnAt(): string | null {
        for (const lane of host.current?.root.current?.querySelectorAll<HTMLElement>("[data-column]") ?? []) {
            const box = lane.getBoundingClientRect();
            if (at.x >= box.left - 6 && at.x <= box.right + 6) return lane.dataset["column"] ?? null;
        }
        return null;
    }
    function tick() {
        const { root, ghost } = host.current ?? {};
        if (ghost?.current) ghost.current.style.transform = `translate(${at.x - grip.x}px, ${at.y - grip.y}px)`;
        if (root?.current) {
            const box = root.current.getBoundingClientRect();
            root.current.scrollLeft += edgeSpeed(at.x, box.left, box.right);
        }
        const next = columnAt();
        const list = next === null ? null : root?.current?.querySelector<HTMLElement>(`[data-column="${CSS.escape(next)}"] .lane-scroll`);
        if (list) {
            const box = list.getBoundingClientRect();
            list.scrollTop += edgeSpeed(at.y, box.top, box.bottom);
        }
        if (next !== under) {
            under = next;
            show({ id, over: under, width: card.getBoundingClientRect().width || (ghost?.current?.offsetWidth ?? 0) });
        }
        frame = requestAnimationFrame(tick);
    }
    function move(event: PointerEvent) {
        if (event.pointerId !== down.pointerId) return;
        const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > threshold;
        if (!isMoving && isTouch && far) return end();
        at.x = event.clientX;
        at.y = event.clientY;
        if (!isMoving && far) begin();
    }
    function up(event: PointerEvent) {
        if (event.pointerId !== down.pointerId) return;
        const column = under;
        const wasMoving = isMoving;
        end();
        if (!wasMoving) return;
        swallowClick();
        if (column !== null && event.type === "pointerup") host.current?.onDrop(id, column);
        else host.current?.onCancel(id);
    }
    function key(event: KeyboardEvent) {
        if (!isMoving || event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        end();
        swallowClick();
        host.current?.onCancel(id);
    }
    // A finger that drags must not scroll, nor open the browser's menu for links.
    const keep = (event: Event) => {
        if (isMoving && event.cancelable) event.preventDefault();
    };
    const noMenu = (event: Event) => {
        if (isTouch) event.preventDefault();
    };
    function end() {
        clearTimeout(timer);
        cancelAnimationFrame(frame);
        if (isMoving) show(null);
        isMoving = false;
        document.removeEventListener("pointermove", move);
        document.removeEventListener("pointerup", up);
        document.removeEventListener("pointercancel", up);
        document.removeEventListener("keydown", key, true);
        document.removeEventListener("touchmove", keep);
        document.removeEventListener("contextmenu", noMenu);
    }
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", up);
    document.addEventListener("pointercancel", up);
    document.addEventListener("keydown", key, true);
    document.addEventListener("touchmove", keep, { passive: false });
    document.addEventListener("contextmenu", noMenu);
    return end;
}

/** The click that follows the end of a drag opens nothing. */
function swallowClick() {
    const swallow = (event: MouseEvent) => {
        event.preventDefault();
        event.stopPropagation();
    };
    window.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", swallow, true), 60);
}
