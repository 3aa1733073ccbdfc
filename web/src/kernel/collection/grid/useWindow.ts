import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { Slots, visibleRange, type Range } from "../rows/windowing";

/** Rows beyond the window that are drawn too, so that a quick scroll finds them there. */
const beyond = 8;

/** Which rows a scrolled box shows; renders anew only when others come into sight. */
export function useWindow(box: RefObject<HTMLElement>, total: number, rowHeight: number, pinned: number | null) {
    const [range, setRange] = useState<Range>({ first: 0, end: 40 });
    const slots = useRef(new Slots());
    const [isResting, setResting] = useState(true);
    // Asking the element would lay the page out at once, in the middle of a change.
    const place = useRef({ top: 0, height: 0 });
    const measure = useCallback(() => {
        const { top, height } = place.current;
        const next = visibleRange(top, height, rowHeight, total, beyond);
        // Rows change by fours, so that not every pixel makes work.
        const first = next.first - (next.first % 4);
        const end = Math.min(total, next.end + (4 - (next.end % 4)));
        setRange((former) => (former.first === first && former.end === end ? former : { first, end }));
    }, [rowHeight, total]);
    const latest = useRef(measure);
    useLayoutEffect(() => {
        latest.current = measure;
        if (place.current.height > 0) measure();
    }, [measure]);
    useLayoutEffect(() => {
        const element = box.current;
        if (!element) return;
        const look = () => {
            place.current = { top: element.scrollTop, height: element.clientHeight };
            latest.current();
        };
        look();
        const observer = new ResizeObserver(look);
        observer.observe(element);
        let timer: ReturnType<typeof setTimeout> | undefined;
        const scrolled = () => {
            look();
            setResting(false);
            clearTimeout(timer);
            timer = setTimeout(() => setResting(!element.contains(document.activeElement)), 200);
        };
        element.addEventListener("scroll", scrolled, { passive: true });
        return () => {
            clearTimeout(timer);
            observer.disconnect();
            element.removeEventListener("scroll", scrolled);
        };
    }, [box]);
    const toTop = useCallback(() => {
        if (box.current && place.current.top > 0) box.current.scrollTop = 0;
    }, [box]);
    const rows: number[] = [];
    for (let row = range.first; row < Math.min(range.end, total); row++) rows.push(row);
    if (pinned !== null && pinned >= 0 && pinned < total && (pinned < range.first || pinned >= range.end)) rows.push(pinned);
    const placed = slots.current.assign(rows);
    // Elements keep their order in the page while it scrolls: moving one costs a look at all of them, and what has the focus would lose it.
    // Once it rests they are put in the order of the rows, in which they are read out.
    if (!isResting) placed.sort((a, b) => a.slot - b.slot);
    return { range, rows: placed, toTop };
}
