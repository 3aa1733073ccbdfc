import { api } from "../api/client";
import type { EntityMeta } from "../meta/types";
import { records } from "../records/cache";
import type { Page, Row } from "../records/types";
import { onChange, type Change } from "../stream/stream";
import { columnKey, withoutValue, type Column } from "./columns";
import { appended, compareBy, emptyLane, laneOf, placed, placeOf, removed, reread, type Compare, type Lanes } from "./lanes";
import { readTotals, shifted, type AggregateLine, type Totals } from "./totals";

export interface BoardState {
    lanes: Lanes;
    totals: Totals | null;
}

export interface BoardSettings {
    entity: EntityMeta;
    groupBy: string;
    columns: Column[];
    /** The list's query with filters and sort, without the grouping. */
    params: URLSearchParams;
    include: string;
    moneyKey: string | null;
}

const pageSize = 30;
/** The server gives so many rows at once. */
const largest = 200;

/** The cards of a board: pages of every column, totals from the server, and where a changed record belongs. */
export class BoardStore {
    private state: BoardState;
    private readonly listeners = new Set<() => void>();
    private readonly ending = new AbortController();
    private readonly compare: Compare;
    private readonly changed = new Set<string>();
    private held = false;
    private isStale = false;
    private batch: ReturnType<typeof setTimeout> | undefined;
    private counting: ReturnType<typeof setTimeout> | undefined;

    constructor(private readonly settings: BoardSettings) {
        this.compare = compareBy(settings.params.get("sort") ?? "");
        this.state = { lanes: Object.fromEntries(settings.columns.map((one) => [one.key, emptyLane])), totals: null };
    }

    readonly get = (): BoardState => this.state;

    readonly subscribe = (listener: () => void): (() => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    };

    /** Begins to count and to follow changes; gives what ends it. */
    start(): () => void {
        void this.count();
        const ends = [records.subscribeAny((id) => this.follow(id)), onChange((change) => this.hear(change))];
        return () => {
            ends.forEach((end) => end());
            this.ending.abort();
            clearTimeout(this.batch);
            clearTimeout(this.counting);
        };
    }

    /** While something is dragged nothing moves; what was heard meanwhile is seen to afterwards. */
    hold(is: boolean) {
        this.held = is;
        if (is) return;
        if (this.isStale) void this.again();
        else if (this.changed.size) this.later();
    }

    /** Fetches the next page of a column. */
    async more(key: string) {
        const lane = this.state.lanes[key];
        if (!lane || lane.state === "loading" || (lane.state === "ready" && !lane.next)) return;
        this.set({ lanes: { ...this.state.lanes, [key]: { ...lane, state: "loading" } } });
        try {
            const page = await this.list(key, lane.next);
            page.data.forEach((row) => records.put(row));
            this.set({ lanes: appended(this.state.lanes, key, this.belonging(page, key), page.page.next) });
        } catch (error) {
            if (this.ending.signal.aborted) return;
            const now = this.state.lanes[key] ?? lane;
            this.set({ lanes: { ...this.state.lanes, [key]: { ...now, state: "failed" } } });
        }
    }

    /** The place in the column where the record would stand; null when it is behind what is here. */
    landing(row: Row, key: string): number | null {
        const lane = this.state.lanes[key];
        return lane ? placeOf(lane, row, this.compare, (id) => records.get(id)) : null;
    }

    /** Of a page those that stand in the column, with what is changed here and not saved yet. */
    private belonging({ data }: Page, key: string): string[] {
        return data.filter((row) => columnKey(records.get(row.id) ?? row, this.settings.groupBy) === key).map((row) => row.id);
    }

    private list(key: string, cursor: string | null, limit = pageSize): Promise<Page> {
        const query = new URLSearchParams(this.settings.params);
        const wanted = query.get(this.settings.groupBy);
        if (wanted !== null && wanted !== key) return Promise.resolve({ data: [], page: { limit: pageSize, next: null, previous: null, total: 0, estimated: false } });
        if (key === withoutValue) query.set(`${this.settings.groupBy}[null]`, "true");
        else query.set(this.settings.groupBy, key);
        query.set("limit", String(limit));
        if (cursor) query.set("cursor", cursor);
        if (this.settings.include) query.set("include", this.settings.include);
        return api.get<Page>(`/${this.settings.entity.path}`, query, this.ending.signal);
    }

    private async count() {
        const { entity, groupBy, moneyKey } = this.settings;
        const query = new URLSearchParams(this.settings.params);
        query.delete("sort");
        query.set("group_by", groupBy);
        query.set("measures", moneyKey ? `count,sum:${moneyKey}` : "count");
        try {
            const answer = await api.get<{ data: AggregateLine[] }>(`/${entity.path}/aggregate`, query, this.ending.signal);
            this.set({ totals: readTotals(answer.data, groupBy, moneyKey) });
        } catch {
            // The cards are worth showing without their sums, which are asked for again.
            if (!this.ending.signal.aborted) this.counting = setTimeout(() => void this.count(), 5000);
        }
    }

    private countSoon() {
        clearTimeout(this.counting);
        this.counting = setTimeout(() => (this.held ? this.countSoon() : void this.count()), 700);
    }

    /** A record on the board has changed, here or elsewhere: it goes where it belongs now. */
    private follow(id: string) {
        const from = laneOf(this.state.lanes, id);
        if (from === undefined) return;
        const row = records.get(id);
        if (!row) {
            this.set({ lanes: removed(this.state.lanes, id) });
            this.countSoon();
            return;
        }
        const to = columnKey(row, this.settings.groupBy);
        if (to !== from) this.relocate(row, from, to);
    }

    private relocate(row: Row, from: string, to: string) {
        const lane = this.state.lanes[to];
        const index = lane ? placeOf(lane, row, this.compare, (id) => records.get(id)) ?? lane.ids.length : 0;
        const { moneyKey } = this.settings;
        const amount = moneyKey && typeof row[moneyKey] === "number" ? (row[moneyKey] as number) : null;
        const currency = moneyKey && typeof row[`${moneyKey}_currency`] === "string" ? (row[`${moneyKey}_currency`] as string) : null;
        const totals = this.state.totals && {
            ...this.state.totals,
            [from]: shifted(this.state.totals[from], -1, amount, currency),
            [to]: shifted(this.state.totals[to], 1, amount, currency),
        };
        this.set({ lanes: lane ? placed(this.state.lanes, row.id, to, index) : removed(this.state.lanes, row.id), totals });
        this.countSoon();
    }

    private hear(change: Change) {
        if (change.event === "reset") void this.again();
        else if (change.type === this.settings.entity.name) {
            if (change.event !== "record.deleted") this.changed.add(change.id);
            this.later();
        }
    }

    /** Changes were missed: every column is read anew, as far as it was here. */
    private async again() {
        this.isStale = this.held;
        if (this.held) return;
        this.changed.clear();
        void this.count();
        const read = Object.entries(this.state.lanes).filter(([, lane]) => lane.state === "ready");
        await Promise.all(read.map(async ([key, { ids }]) => {
            const page = await this.list(key, null, Math.min(largest, Math.max(pageSize, ids.length))).catch(() => null);
            if (!page || this.ending.signal.aborted) return;
            page.data.forEach((row) => records.put(row));
            this.set({ lanes: reread(this.state.lanes, key, this.belonging(page, key), page.page.next) });
        }));
    }

    private later() {
        clearTimeout(this.batch);
        this.batch = setTimeout(() => void this.refetch(), 300);
    }

    /** Asks for the records that changed, in one request for a hundred, as the board's filters give them. */
    private async refetch() {
        if (this.held) return;
        const ids = [...this.changed].slice(0, 100);
        ids.forEach((id) => this.changed.delete(id));
        this.countSoon();
        if (!ids.length) return;
        const query = new URLSearchParams(this.settings.params);
        query.append("id[in]", ids.join(","));
        query.set("limit", "200");
        if (this.settings.include) query.set("include", this.settings.include);
        try {
            const page = await api.get<Page>(`/${this.settings.entity.path}`, query, this.ending.signal);
            const found = new Set(page.data.map((row) => row.id));
            page.data.forEach((row) => this.welcome(records.put(row)));
            for (const id of ids) if (!found.has(id)) this.set({ lanes: removed(this.state.lanes, id) });
        } catch {
            if (!this.ending.signal.aborted) ids.forEach((id) => this.changed.add(id));
        }
        if (this.changed.size && !this.ending.signal.aborted) this.batch = setTimeout(() => void this.refetch(), 2000);
    }

    /** A record that was not here stands where its column's order wants it, if that part is here. */
    private welcome(row: Row) {
        if (laneOf(this.state.lanes, row.id) !== undefined) return;
        const key = columnKey(row, this.settings.groupBy);
        const lane = this.state.lanes[key];
        if (!lane || lane.state === "waiting") return;
        const index = placeOf(lane, row, this.compare, (id) => records.get(id));
        if (index !== null) this.set({ lanes: placed(this.state.lanes, row.id, key, index) });
    }

    private set(next: Partial<BoardState>) {
        this.state = { ...this.state, ...next };
        this.listeners.forEach((listener) => listener());
    }
}
