import { texts } from "../../../app/language";

const t = texts({
    it: {
        today: "oggi", yesterday: "ieri", tomorrow: "domani",
        this_day: "oggi", last_day: "ieri", next_day: "domani",
        this_week: "questa settimana", last_week: "la settimana scorsa", next_week: "la prossima settimana",
        this_month: "questo mese", last_month: "il mese scorso", next_month: "il prossimo mese",
        this_quarter: "questo trimestre", last_quarter: "il trimestre scorso", next_quarter: "il prossimo trimestre",
        this_year: "quest'anno", last_year: "l'anno scorso", next_year: "il prossimo anno",
        lastm: { one: "ultimo minuto", other: "ultimi {count} minuti" }, lasth: { one: "ultima ora", other: "ultime {count} ore" }, lastd: { one: "ultimo giorno", other: "ultimi {count} giorni" }, lastw: { one: "ultima settimana", other: "ultime {count} settimane" },
        nextm: { one: "prossimo minuto", other: "prossimi {count} minuti" }, nexth: { one: "prossima ora", other: "prossime {count} ore" }, nextd: { one: "prossimo giorno", other: "prossimi {count} giorni" }, nextw: { one: "prossima settimana", other: "prossime {count} settimane" },
    },
    en: {
        today: "today", yesterday: "yesterday", tomorrow: "tomorrow",
        this_day: "today", last_day: "yesterday", next_day: "tomorrow",
        this_week: "this week", last_week: "last week", next_week: "next week",
        this_month: "this month", last_month: "last month", next_month: "next month",
        this_quarter: "this quarter", last_quarter: "last quarter", next_quarter: "next quarter",
        this_year: "this year", last_year: "last year", next_year: "next year",
        lastm: { one: "last minute", other: "last {count} minutes" }, lasth: { one: "last hour", other: "last {count} hours" }, lastd: { one: "last day", other: "last {count} days" }, lastw: { one: "last week", other: "last {count} weeks" },
        nextm: { one: "next minute", other: "next {count} minutes" }, nexth: { one: "next hour", other: "next {count} hours" }, nextd: { one: "next day", other: "next {count} days" }, nextw: { one: "next week", other: "next {count} weeks" },
    },
});

const named = ["today", "yesterday", "tomorrow", "this_day", "last_day", "next_day", "this_week", "last_week", "next_week", "this_month", "last_month", "next_month", "this_quarter", "last_quarter", "next_quarter", "this_year", "last_year", "next_year"] as const;
type Named = typeof named[number];
const isNamed = (text: string): text is Named => (named as readonly string[]).includes(text);

/** The spans that are offered, the usual first. */
export const periods: string[] = ["today", "this_week", "this_month", "this_quarter", "this_year", "7d", "30d", "90d", "yesterday", "last_week", "last_month", "last_quarter", "last_year", "tomorrow", "next_7d", "next_30d", "next_week", "next_month", "next_quarter"];

/** A span in words: `this_quarter`, `30d`, `next_7d`. */
export function periodText(period: string): string {
    if (isNamed(period)) return t(period);
    const [, direction, count, unit] = /^(?:(last|next)_)?(\d+)([mhdw])$/.exec(period) ?? [];
    if (!count || !unit) return period;
    return t(`${direction === "next" ? "next" : "last"}${unit as "m" | "h" | "d" | "w"}`, { count: Number(count) });
}
