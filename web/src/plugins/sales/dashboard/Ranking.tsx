import { useState } from "react";
import chevron from "bootstrap-icons/chevron-down.svg";
import { Link } from "../../../app/router";
import { Avatar } from "../../../design/Badge";
import { Button } from "../../../design/Button";
import { Icon } from "../../../design/Icon";
import { Menu } from "../../../design/Menu";
import * as format from "../../../kernel/format/format";
import { ownMoney, type Ranked } from "./answer";
import { decimal } from "./csv";
import { Panel } from "./Panel";
import { measured, ranked, type Measure } from "./measure";
import { rows } from "./rows";
import { t } from "./texts";

interface Props {
    title: string;
    all: Ranked[];
    path: string;
    currency: string;
    /** What those without one are called. */
    without: string;
    arePeople?: boolean;
}

const few = 8;
const measures: [Measure, "byValue" | "byCount" | "byRate"][] = [["value", "byValue"], ["count", "byCount"], ["win_rate", "byRate"]];

/** People, teams or products by what was won, sorted by value, number or rate. */
export function Ranking({ title, all, path, currency, without, arePeople }: Props) {
    const [measure, setMeasure] = useState<Measure>("value");
    const [isWhole, setWhole] = useState(false);
    const sorted = ranked(all, measure);
    const most = Math.max(1, ...sorted.map((one) => measured(one, measure)));
    const word = measures.find(([key]) => key === measure)?.[1] ?? "byValue";
    const digits = format.decimals(currency);
    const table = {
        head: [title, t("count"), `${t("value")} (${currency})`, `${t("winRate")} (%)`],
        rows: sorted.map((one) => [one.label ?? without, one.count, decimal(ownMoney(one.value)?.value ?? 0, digits), one.win_rate === null ? null : one.win_rate / 100]),
    };
    const tools = (
        <Menu label={t("sort", { part: title })} align="end" entries={measures.map(([key, label]) => ({ key, label: t(label), checked: key === measure, onSelect: () => setMeasure(key) }))}>
            <Button bar look="plain">{t(word)}<Icon svg={chevron} size={11} /></Button>
        </Menu>
    );
    return (
        <Panel title={title} table={table} tools={all.length > 1 ? tools : null}>
            {all.length ? (
                <ol className="ranking">
                    {(isWhole ? sorted : sorted.slice(0, few)).map((one) => {
                        const name = one.label ?? without;
                        return (
                            <li key={one.filter}>
                                <Link className="ranked" href={rows(path, one.filter)} data-ranked={name} title={`${name} · ${t("count")}: ${format.number(one.count)} · ${t("winRate")}: ${format.percent(one.win_rate)}`}>
                                    <span className="person">{arePeople && <Avatar name={name} />}<span className="truncate">{name}</span></span>
                                    <span className="ranked-bar" aria-hidden="true">{measured(one, measure) > 0 && <span style={{ width: `${(100 * measured(one, measure)) / most}%` }} />}</span>
                                    <strong className="number">{said(one, measure, currency)}</strong>
                                </Link>
                            </li>
                        );
                    })}
                </ol>
            ) : <p className="muted">{t("nothing")}</p>}
            {all.length > few && <Button bar look="plain" className="ranking-more" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>{isWhole ? t("showLess") : t("showAll", { count: all.length })}</Button>}
        </Panel>
    );
}

function said(one: Ranked, measure: Measure, currency: string): string {
    switch (measure) {
        case "value": return format.roundMoney(ownMoney(one.value)?.value ?? 0, ownMoney(one.value)?.currency ?? currency);
        case "count": return format.number(one.count);
        case "win_rate": return format.percent(one.win_rate);
    }
}
