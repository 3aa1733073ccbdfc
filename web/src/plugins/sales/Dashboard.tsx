import { useEffect, useMemo, useReducer } from "react";
import barChart from "bootstrap-icons/bar-chart.svg";
import printer from "bootstrap-icons/printer.svg";
import { Bar, Header } from "../../app/shell/Header";
import { setQuery, usePlace } from "../../app/router";
import { Button } from "../../design/Button";
import { Empty } from "../../design/Badge";
import { Icon } from "../../design/Icon";
import { explain } from "../../kernel/api/problem";
import { openCreate } from "../../kernel/create/openCreate";
import * as format from "../../kernel/format/format";
import { can, useMeta } from "../../kernel/meta/meta";
import { DashboardParts } from "./dashboard/DashboardParts";
import { DashboardSkeleton } from "./dashboard/DashboardSkeleton";
import { PeriodChip } from "./dashboard/PeriodChip";
import { printInLight } from "./dashboard/printInLight";
import { readQuestion } from "./dashboard/question";
import { RecordChip } from "./dashboard/RecordChip";
import { t } from "./dashboard/texts";
import { isBlank, useDashboard } from "./dashboard/useDashboard";

/** What was sold, by whom, and how far the rest has come; the address holds what is asked. */
export default function Dashboard() {
    const place = usePlace();
    const meta = useMeta();
    const words = place.query.toString();
    const question = useMemo(() => readQuestion(new URLSearchParams(words)), [words]);
    const { answer, problem, isBusy, hasFallenBack, retry } = useDashboard(question);
    useEffect(printInLight, []);
    const deals = meta.entity("sales.opportunity");
    const isEmpty = answer && isBlank(answer) && !answer.open.count.value;
    return (
        <>
            <Header title={t("title")} actions={<Button icon={printer} onClick={() => window.print()}>{t("print")}</Button>} />
            <Bar label={t("filters")}>
                <PeriodChip question={question} shown={answer?.period.name ?? null} />
                <RecordChip entity="kernel.team" word="team_id" label={t("team")} value={question.team_id} />
                <RecordChip entity="kernel.member" word="owner_id" label={t("owner")} value={question.owner_id} />
                <RecordChip entity="sales.pipeline" word="pipeline_id" label={t("pipeline")} value={question.pipeline_id} />
                <RecordChip entity="sales.product" word="product_id" label={t("product")} value={question.product_id} />
                <span className="grow" />
                {answer && <Freshness asOf={answer.as_of} problem={problem} isBusy={isBusy} onRetry={retry} />}
            </Bar>
            <div className="page dashboard" aria-busy={isBusy}>
                {answer && <p className="print-only first-capital">{periodText(answer.period.from, answer.period.to)} · {format.instant(answer.as_of)}</p>}
                {hasFallenBack && <p className="muted dashboard-note" role="status">{t("fellBack")}</p>}
                {answer && !isEmpty && <DashboardParts answer={answer} />}
                {isEmpty && (
                    <Empty
                        icon={<Icon svg={barChart} size={28} />}
                        title={t("empty")}
                        action={<>
                            {answer.period.name !== "all" && <Button onClick={() => setQuery({ period: "all", from: null, to: null })}>{t("showAlways")}</Button>}
                            {deals && can(deals, "create") && <Button look="primary" onClick={() => openCreate(deals.name)}>{t("newDeal")}</Button>}
                        </>}
                    >
                        {t("emptyWhy")}
                    </Empty>
                )}
                {!answer && !problem && <DashboardSkeleton />}
                {!answer && !!problem && <Empty title={explain(problem)} action={<Button onClick={retry}>{t("retry")}</Button>} />}
            </div>
        </>
    );
}

const periodText = (from: string | null, to: string | null) => (from && to ? t("range", { from: format.date(from), to: format.date(to) }) : t("all"));

/** How old the numbers are. */
function Freshness({ asOf, problem, isBusy, onRetry }: { asOf: string; problem: unknown; isBusy: boolean; onRetry: () => void }) {
    const [, tick] = useReducer((count: number) => count + 1, 0);
    useEffect(() => {
        const timer = setInterval(tick, 30_000);
        return () => clearInterval(timer);
    }, []);
    if (problem && !isBusy) return <Button bar look="plain" className="danger-text" onClick={onRetry}>{t("stale", { why: explain(problem) })}</Button>;
    const isNow = Date.now() - new Date(asOf).getTime() < 60_000;
    return <span className="muted dashboard-age" title={format.fullInstant(asOf)}>{isNow ? t("updatedNow") : t("updated", { when: format.relative(asOf) })}</span>;
}
