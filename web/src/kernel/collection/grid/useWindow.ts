import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { Slots, visibleRange, type Range } from "../rows/windowing";

/** Rows beyond the window that are drawn too, so that a quick scroll finds them there. */
const beyond = 8;

/** Which rows a scrolled box shows; renders anew only when others come into sight. */
export function useWindow(box: RefObject<HTMLElement>, total: number, rowHeight: number, pinned: number | null) {
    const [range, setRange] = useState<Range>({ first: 0, end: 40 });
    const slots = useRef(new Slots());
    const measure = useCallback(() => {
        const element = box.current;
        if (!element) return;
        const next = visibleRange(element.scrollTop, element.clientHeight, rowHeight, total, beyond);
        // Rows change by fours, so that not every pixel makes work.
        const first = next.first - (next.first % 4);
        const end = Math.min(total, next.end + (4 - (next.end % 4)));
        setRange((former) => (former.first === first && former.end === end ? former : { first, end }));
    }, [box, rowHeight, total]);
    useLayoutEffect(() => {
        const element = box.current;
        if (!element) return;
        measure();
        const observer = new ResizeObserver(measure);
        observer.observe(element);
        element.addEventListener("scroll", measure, { passive: true });
        return () => {
            observer.disconnect();
            element.removeEventListener("scroll", measure);
        };
    }, [box, measure]);
    const rows: number[] = [];
    for (let row = range.first; row < Math.min(range.end, total); row++) rows.push(row);
    if (pinned !== null && pinned >= 0 && pinned < total && (pinned < range.first || pinned >= range.end)) rows.push(pinned);
    return { range, rows: slots.current.assign(rows) };
}
