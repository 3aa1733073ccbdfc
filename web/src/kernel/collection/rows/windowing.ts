/** Rows from `first` up to, not including, `end`. */
export interface Range {
    first: number;
    end: number;
}

/** The rows that a scrolled window shows, and so many more on either side. */
export function visibleRange(scrollTop: number, height: number, rowHeight: number, total: number, beyond: number): Range {
    const first = Math.max(0, Math.floor(scrollTop / rowHeight) - beyond);
    const end = Math.min(total, Math.ceil((scrollTop + height) / rowHeight) + beyond);
    return { first: Math.min(first, end), end };
}

/**
 * Gives each row that is shown a place among the elements on the page, the same as long as it is shown: elements of rows that have
 * left are used again for those that come, so that scrolling makes and drops none.
 */
export class Slots {
    private readonly slots = new Map<number, number>();
    private free: number[] = [];
    private made = 0;

    assign(rows: number[]): { row: number; slot: number }[] {
        const shown = new Set(rows);
        for (const [row, slot] of this.slots) {
            if (shown.has(row)) continue;
            this.slots.delete(row);
            this.free.push(slot);
        }
        return rows.map((row) => {
            const slot = this.slots.get(row) ?? this.free.pop() ?? this.made++;
            this.slots.set(row, slot);
            return { row, slot };
        });
    }
}

/** Where the window has to stand for a row to be seen between the head and the foot; null where it is seen already. */
export function scrollTo(row: number, scrollTop: number, height: number, rowHeight: number): number | null {
    const top = row * rowHeight;
    if (top < scrollTop) return top;
    if (top + rowHeight > scrollTop + height) return top + rowHeight - height;
    return null;
}
