import { Link } from "../../../app/router";
import * as format from "../../../kernel/format/format";
import { ownMoney, type DashboardAnswer, type Money } from "./answer";
import { compare, type Comparison } from "./compare";
import { beforeKey } from "./question";
import { rows } from "./rows";
import { t } from "./texts";

interface Shown {
    key: string;
    label: string;
    text: string;
    filter: string;
    comparison: Comparison | null;
    aside: { text: string; filter?: string } | null;
}

/** The figures of the period, each with the one before; the first ones name what they are compared with. A press opens the rows behind it. */
export function Figures({ answer, path }: { answer: DashboardAnswer; path: string }) {
    const figures = shown(answer, t(beforeKey(answer.period.name)));
    // Said once for all by the period's name, where nothing came before it.
    const isAlone = figures.every((one) => one.key === "open_value" || one.comparison?.text === t("noComparison"));
    return (
        <section className="figures" aria-label={t("figures")}>
            {figures.map((one) => (
                <div key={one.key} className="figure" data-figure={one.key}>
                    <span className="muted truncate">{one.label}</span>
                    <Link className="figure-value truncate" href={rows(path, one.filter)} aria-label={`${one.label}: ${one.text}`}>{one.text}</Link>
                    {one.comparison && !(isAlone && one.key !== "open_value") && <span className={`small truncate ${one.comparison.tone}`} title={one.comparison.text}>{one.comparison.text}</span>}
                    {one.aside && (one.aside.filter !== undefined
                        ? <Link className="small muted figure-aside" href={rows(path, one.aside.filter)}>{one.aside.text}</Link>
                        : <span className="small muted">{one.aside.text}</span>)}
                </div>
            ))}
        </section>
    );
}

function shown(answer: DashboardAnswer, than: string): Shown[] {
    const won = ownMoney(answer.won.value);
    const average = ownMoney(answer.won.average);
    const open = ownMoney(answer.open.value);
    const weighted = ownMoney(answer.open.weighted);
    const money = (one: Money | undefined) => format.roundMoney(one?.value ?? 0, one?.currency ?? answer.currency);
    const compareMoney = (one: Money | undefined, words = than) => compare(one?.value ?? 0, one?.previous ?? null, "share", words);
    const { count } = answer.won;
    return [
        { key: "won_value", label: t("wonValue"), text: money(won), filter: won?.filter ?? count.filter, comparison: compareMoney(won), aside: others(answer.won.value) },
        { key: "won_count", label: t("wonCount"), text: format.number(count.value), filter: count.filter, comparison: compare(count.value, count.previous, "share", than), aside: null },
        {
            key: "win_rate", label: t("winRate"), text: format.percent(answer.win_rate.value), filter: answer.win_rate.filter,
            comparison: compare(answer.win_rate.value, answer.win_rate.previous, "points", ""),
            aside: { text: t("lostCount", { count: answer.lost.count.value ?? 0 }), filter: answer.lost.count.filter },
        },
        { key: "average", label: t("average"), text: money(average), filter: average?.filter ?? count.filter, comparison: compareMoney(average, ""), aside: others(answer.won.average) },
        {
            key: "cycle", label: t("cycle"), text: format.span(answer.sales_cycle.value), filter: answer.sales_cycle.filter,
            comparison: compare(answer.sales_cycle.value, answer.sales_cycle.previous, "days", "", true), aside: null,
        },
        {
            key: "open_value", label: t("openValue"), text: money(open), filter: open?.filter || answer.open.count.filter,
            comparison: { text: t("weighted", { value: money(weighted) }), tone: "plain" },
            aside: { text: t("openCount", { count: answer.open.count.value ?? 0 }), filter: answer.open.count.filter },
        },
    ];
}

/** The sums in other currencies, which can't be added to the first. */
function others(all: Money[]): { text: string } | null {
    const rest = all.slice(1).filter((one) => one.value !== 0);
    return rest.length ? { text: t("others", { values: rest.map((one) => format.roundMoney(one.value, one.currency)).join(", ") }) } : null;
}
