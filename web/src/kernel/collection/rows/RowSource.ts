import { api } from "../../api/client";
import { Problem } from "../../api/problem";
import type { EntityMeta } from "../../meta/types";
import { records } from "../../records/cache";
import type { Page } from "../../records/types";
import { Cursors } from "./Cursors";
import type { Range } from "./windowing";

interface Marks {
    data: { index: number; cursor: string }[];
    total: number;
}

const page = 50;
/** The server gives so many rows at once. */
const largest = 200;
/** Marks in one answer (the server's limit). */
const mostMarks = 1000;

/**
 * The rows of one list in their order, of which only those near the window are fetched.
 *
 * Pages go from cursor to cursor; `marks` gives cursors all along the list, so that the middle of 200,000 rows is one request away.
 * Requests for rows that have been scrolled past are ended.
 */
export class RowSource {
    /** Null until the first page is here. */
    total: number | null = null;
    problem: Problem | null = null;
    private ids: (string | undefined)[] = [];
    private before: (string | undefined)[] = [];
    private readonly removed = new Map<string, number>();
    private readonly held = new Set<string>();
    private readonly cursors = new Cursors();
    private readonly underWay = new Map<AbortController, Range>();
    private readonly listeners = new Set<() => void>();
    private wanted: Range = { first: 0, end: page };
    private marks: "none" | "asked" | "here" = "none";
    private timer: ReturnType<typeof setTimeout> | undefined;
    private ended = false;
    private round = 0;
    private readonly unsubscribe: () => void;

    /** `former`: the same list as it was; its rows are shown where the new ones are not here yet. */
    constructor(readonly entity: EntityMeta, readonly params: URLSearchParams, readonly include: string, readonly key: string, former?: RowSource) {
        if (former?.key === key) this.before = former.ids;
        this.unsubscribe = records.subscribeAny((id) => this.recordChanged(id));
        void this.fetch({ first: 0, end: page });
    }

    end() {
        this.ended = true;
        clearTimeout(this.timer);
        this.unsubscribe();
        this.underWay.forEach((_, ending) => ending.abort());
    }

    readonly subscribe = (listener: () => void): (() => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    };

    /** Changes whenever something here has. */
    readonly version = (): number => this.round;

    idAt(index: number): string | undefined {
        return this.ids[index] ?? this.before[index];
    }

    has(id: string): boolean {
        return this.held.has(id);
    }

    indexOf(id: string): number {
        const index = this.ids.indexOf(id);
        return index < 0 ? this.before.indexOf(id) : index;
    }

    /** The ids that are here, in their order. */
    loaded(): string[] {
        return this.ids.filter((id): id is string => id !== undefined);
    }

    /** These rows are shown now, or soon will be. */
    want(range: Range) {
        this.wanted = range;
        for (const [ending, asked] of this.underWay) {
            if (asked.first > range.end + page || asked.end < range.first - page) {
                this.underWay.delete(ending);
                ending.abort();
            }
        }
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.pump(), 40);
    }

    /** The ids of these rows, fetched where they are not here. */
    async idsIn(range: Range): Promise<string[]> {
        for (let tries = 0; tries < 200; tries++) {
            const missing = this.firstMissing(range, false);
            if (missing === null || this.ended || this.problem) break;
            await this.fetchToward(missing);
        }
        return this.ids.slice(range.first, range.end).filter((id): id is string => id !== undefined);
    }

    /** Tries again what failed. */
    retry() {
        this.problem = null;
        if (this.total === null) void this.fetch({ first: 0, end: page });
        else this.pump();
        this.tell();
    }

    private pump() {
        if (this.ended || this.problem || this.total === null || this.underWay.size >= 2) return;
        const missing = this.firstMissing(this.wanted, true);
        if (missing !== null) void this.fetchToward(missing).then(() => this.pump());
    }

    private firstMissing({ first, end }: Range, orUnderWay: boolean): number | null {
        const asked = orUnderWay ? [...this.underWay.values()] : [];
        for (let index = first; index < Math.min(end, this.total ?? end); index++) {
            if (this.ids[index] === undefined && !asked.some((one) => index >= one.first && index < one.end)) return index;
        }
        return null;
    }

    /** Fetches the page that holds a row, or comes nearer to it. */
    private async fetchToward(row: number) {
        const { start } = this.cursors.before(row);
        if (row - start >= 2 * page && this.marks !== "here") {
            if (this.marks === "none") await this.fetchMarks();
            return;
        }
        const limit = Math.min(largest, row - start + page);
        await this.fetch({ first: start, end: start + limit });
    }

    private async fetchMarks() {
        this.marks = "asked";
        const every = Math.max(2 * page, Math.ceil((this.total ?? 0) / mostMarks / page) * page);
        const query = new URLSearchParams(this.params);
        query.set("every", String(every));
        try {
            const { data } = await api.get<Marks>(`/${this.entity.path}/marks`, query);
            for (const mark of data) if (mark.index > 0) this.cursors.set(mark.index, mark.cursor);
            this.marks = "here";
        } catch (error) {
            this.marks = "none";
            this.fail(error);
        }
    }

    private async fetch(range: Range) {
        const ending = new AbortController();
        this.underWay.set(ending, range);
        const query = new URLSearchParams(this.params);
        const { cursor } = this.cursors.before(range.first);
        query.set("limit", String(range.end - range.first));
        if (this.include) query.set("include", this.include);
        if (cursor) query.set("cursor", cursor);
        else query.set("count", "exact");
        try {
            const answer = await api.get<Page>(`/${this.entity.path}`, query, ending.signal);
            if (!this.ended) this.take(range.first, answer);
        } catch (error) {
            this.fail(error);
        } finally {
            this.underWay.delete(ending);
        }
    }

    private take(start: number, { data, page: place }: Page) {
        data.forEach((row, at) => {
            records.put(row);
            this.ids[start + at] = row.id;
            this.held.add(row.id);
        });
        const end = start + data.length;
        if (place.next) this.cursors.set(end, place.next);
        if (place.total !== null) this.total = place.total;
        if (!place.next) this.total = end;
        this.problem = null;
        this.tell();
        if (this.marks === "none" && (this.total ?? 0) > largest) setTimeout(() => !this.ended && this.marks === "none" && void this.fetchMarks().then(() => this.pump()), 400);
    }

    private fail(error: unknown) {
        if (this.ended || !(error instanceof Problem)) return;
        this.problem = error;
        this.tell();
    }

    /** A record that was deleted leaves the list; one that came back stands where it was. */
    private recordChanged(id: string) {
        const isHere = records.get(id) !== undefined;
        if (!isHere && this.before.length) this.before = this.before.map((one) => (one === id ? undefined : one));
        if (!isHere && this.held.has(id)) {
            const index = this.ids.indexOf(id);
            this.held.delete(id);
            if (index < 0) return;
            this.removed.set(id, index);
            this.ids.splice(index, 1);
            this.cursors.shift(index, -1);
            if (this.total !== null) this.total -= 1;
            this.tell();
        } else if (isHere && this.removed.has(id)) {
            const index = Math.min(this.removed.get(id) ?? 0, this.total ?? 0);
            this.removed.delete(id);
            this.held.add(id);
            this.ids.length = Math.max(this.ids.length, index);
            this.ids.splice(index, 0, id);
            this.cursors.shift(index, 1);
            if (this.total !== null) this.total += 1;
            this.tell();
        }
    }

    private tell() {
        this.round += 1;
        this.listeners.forEach((listener) => listener());
    }

    /** Which of these records the list would show. */
    async matching(ids: string[]): Promise<string[]> {
        const query = new URLSearchParams(this.params);
        query.delete("sort");
        const known = query.get("id[in]");
        if (known || query.has("id")) return [];
        query.set("id[in]", ids.slice(0, largest).join(","));
        query.set("limit", String(largest));
        query.set("fields", "id");
        const answer = await api.get<Page>(`/${this.entity.path}`, query);
        return answer.data.map((row) => row.id);
    }
}
