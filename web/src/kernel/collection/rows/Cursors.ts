/** Where pages can begin: the cursors known so far, by the row that the page behind each begins with. */
export class Cursors {
    private readonly known = new Map<number, string | null>([[0, null]]);
    private starts: number[] = [0];

    set(start: number, cursor: string) {
        if (!this.known.has(start)) {
            const at = this.place(start) + 1;
            this.starts.splice(at, 0, start);
        }
        this.known.set(start, cursor);
    }

    /** The last known beginning at or before a row. */
    before(row: number): { start: number; cursor: string | null } {
        const start = this.starts[this.place(row)] ?? 0;
        return { start, cursor: this.known.get(start) ?? null };
    }

    /** A row went (`-1`) or came (`1`): what begins after it begins elsewhere now. */
    shift(row: number, by: 1 | -1) {
        const moved = [...this.known].filter(([start]) => start > row);
        for (const [start] of moved) this.known.delete(start);
        for (const [start, cursor] of moved) this.known.set(start + by, cursor);
        this.starts = [...this.known.keys()].sort((a, b) => a - b);
    }

    /** The place in `starts` of the last one that is not after the row. */
    private place(row: number): number {
        let low = 0;
        let high = this.starts.length - 1;
        while (low < high) {
            const middle = (low + high + 1) >> 1;
            if ((this.starts[middle] ?? 0) <= row) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
