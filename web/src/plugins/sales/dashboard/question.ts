/** What the dashboard is asked: the words of its address. */
export interface Question {
    period: string | null;
    from: string | null;
    to: string | null;
    owner_id: string | null;
    team_id: string | null;
    pipeline_id: string | null;
    product_id: string | null;
}

export const periods = ["this_month", "last_month", "this_quarter", "last_quarter", "this_year", "last_year", "all"] as const;
export type Period = (typeof periods)[number];
export const isPeriod = (text: string | null): text is Period => (periods as readonly string[]).includes(text ?? "");

const day = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the address; what can't be a period is as if it were not there. */
export function readQuestion(query: URLSearchParams): Question {
    const [from, to] = [query.get("from"), query.get("to")];
    const hasRange = !!from && !!to && day.test(from) && day.test(to) && from <= to;
    const period = query.get("period");
    return {
        period: !hasRange && isPeriod(period) ? period : null,
        from: hasRange ? from : null,
        to: hasRange ? to : null,
        owner_id: query.get("owner_id"),
        team_id: query.get("team_id"),
        pipeline_id: query.get("pipeline_id"),
        product_id: query.get("product_id"),
    };
}

/** The words of the request. */
export function questionParams(question: Question): URLSearchParams {
    const words = new URLSearchParams();
    for (const [name, value] of Object.entries(question)) if (value) words.set(name, value as string);
    return words;
}

/** What the period before is called in a comparison. */
export function beforeKey(period: string | null): "than_month" | "than_quarter" | "than_year" | "than_span" {
    if (period?.endsWith("month")) return "than_month";
    if (period?.endsWith("quarter")) return "than_quarter";
    return period?.endsWith("year") ? "than_year" : "than_span";
}
