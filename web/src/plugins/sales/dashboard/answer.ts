/** A number and the same one in the period before; `filter` is the list's query that gives the rows behind it. */
export interface Figure {
    value: number | null;
    previous: number | null;
    filter: string;
}

/** Minor units of one currency. */
export interface Money {
    currency: string;
    value: number;
    previous: number | null;
    filter: string;
}

export interface Step {
    stage_id: string;
    label: string;
    kind: string;
    count: number;
    share: number | null;
    conversion: number | null;
    filter: string;
}

export interface Bucket {
    from: string;
    to: string;
    label: string;
    count: number;
    previous_count: number | null;
    value: Money[];
    filter: string;
}

export type Unit = "day" | "week" | "month" | "quarter" | "year";

/** A product, a person or a team, and what was won with it. */
export interface Ranked {
    product_id?: string | null;
    owner_id?: string | null;
    team_id?: string | null;
    label: string | null;
    count: number;
    value: Money[];
    win_rate: number | null;
    filter: string;
}

export interface Counted {
    label?: string;
    source?: string | null;
    status?: string;
    kind?: string;
    count: number;
    previous: number | null;
    filter: string;
}

/** `GET /sales/dashboard`. */
export interface DashboardAnswer {
    period: { name: string | null; from: string | null; to: string | null; time_zone: string; previous: { from: string; to: string } | null };
    currency: string;
    as_of: string;
    open: { count: Figure; value: Money[]; weighted: Money[] };
    started: { count: Figure; value: Money[] };
    won: { count: Figure; value: Money[]; average: Money[] };
    lost: { count: Figure; value: Money[] };
    win_rate: Figure;
    sales_cycle: Figure;
    stages: { pipeline_id: string | null; label: string | null; data: Step[] };
    months: { unit: Unit; data: Bucket[] };
    products: Ranked[];
    owners: Ranked[];
    teams: Ranked[];
    leads: { count: Figure; sources: Counted[]; statuses: Counted[] } | null;
    activities: { count: Figure; kinds: Counted[] };
}

/** The money in the organization's own currency; it always stands first. */
export const ownMoney = (all: Money[]): Money | undefined => all[0];
