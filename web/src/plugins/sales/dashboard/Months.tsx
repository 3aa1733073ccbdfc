import { useMemo } from "react";
import * as format from "../../../kernel/format/format";
import { ownMoney, type DashboardAnswer } from "./answer";
import { BarChart, type BarLink } from "./BarChart";
import type { BarData } from "./bars";
import { bucketLabel, bucketTitle } from "./bucketLabel";
import { decimal } from "./csv";
import { Panel } from "./Panel";
import { rows } from "./rows";
import { t } from "./texts";

/** What was won, by day, week, month, quarter or year. */
export function Months({ answer, path }: { answer: DashboardAnswer; path: string }) {
    const { unit, data } = answer.months;
    const title = t(`wonBy_${unit}`);
    const digits = format.decimals(answer.currency);
    const bars = useMemo<BarData>(() => ({
        labels: data.map((bucket) => bucketLabel(bucket, unit, data)),
        values: data.map((bucket) => decimal(ownMoney(bucket.value)?.value ?? 0, digits)),
        tick: (value, largest) => (value === 0 ? "0" : format.compact(value, largest)),
    }), [data, unit, digits]);
    const links = useMemo<BarLink[]>(() => data.map((bucket) => ({
        key: bucket.from,
        href: rows(path, bucket.filter),
        title: bucketTitle(bucket, unit),
        lines: [...bucket.value.map((one) => format.roundMoney(one.value, one.currency)), `${t("count")}: ${format.number(bucket.count)}`],
    })), [data, unit, path]);
    const table = {
        head: [t("when"), t("from"), t("to"), t("count"), `${t("value")} (${answer.currency})`, `${t("before")}: ${t("value").toLowerCase()} (${answer.currency})`],
        rows: data.map((bucket) => {
            const money = ownMoney(bucket.value);
            const before = money?.previous ?? null;
            return [bucketTitle(bucket, unit), bucket.from, bucket.to, bucket.count, decimal(money?.value ?? 0, digits), before === null ? null : decimal(before, digits)];
        }),
    };
    return (
        <Panel title={title} table={table} isRead>
            {data.length ? <BarChart data={bars} links={links} label={title} /> : <p className="muted">{t("nothing")}</p>}
        </Panel>
    );
}
