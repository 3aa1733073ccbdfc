import { useMeta } from "../../../kernel/meta/meta";
import type { DashboardAnswer } from "./answer";
import { Breakdown } from "./Breakdown";
import { Figures } from "./Figures";
import { Funnel } from "./Funnel";
import { Months } from "./Months";
import { beforeKey } from "./question";
import { Ranking } from "./Ranking";
import { t } from "./texts";

/** All that the numbers show: figures first, then charts. */
export function DashboardParts({ answer }: { answer: DashboardAnswer }) {
    const meta = useMeta();
    const path = (entity: string, otherwise: string) => meta.entity(entity)?.path ?? otherwise;
    const deals = path("sales.opportunity", "opportunities");
    const leads = path("sales.lead", "leads");
    const than = t(beforeKey(answer.period.name));
    const { currency } = answer;
    return (
        <div className="dashboard-parts">
            <Figures answer={answer} path={deals} />
            <div className="panels">
                <Months answer={answer} path={deals} />
                <Funnel answer={answer} path={deals} />
                <Ranking title={t("owners")} all={answer.owners} path={deals} currency={currency} without={t("nobody")} arePeople />
                <Ranking title={t("products")} all={answer.products} path={deals} currency={currency} without={t("noProduct")} />
                {answer.teams.length > 0 && <Ranking title={t("teams")} all={answer.teams} path={deals} currency={currency} without="" />}
                {answer.leads && <Breakdown title={t("sources")} head={t("source")} path={leads} than={than} all={answer.leads.sources.map((one) => ({ name: one.source ?? t("noSource"), one }))} />}
                {answer.leads && <Breakdown title={t("statuses")} head={t("status")} path={leads} than={than} all={answer.leads.statuses.map((one) => ({ name: one.label ?? one.status ?? "", one }))} />}
                <Breakdown title={t("activities")} head={t("kind")} path={path("sales.activity", "activities")} than={than} all={answer.activities.kinds.map((one) => ({ name: one.label ?? one.kind ?? "", one }))} />
            </div>
        </div>
    );
}
