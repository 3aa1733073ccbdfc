import { Link } from "../../../app/router";
import * as format from "../../../kernel/format/format";
import type { DashboardAnswer } from "./answer";
import { Panel } from "./Panel";
import { rows } from "./rows";
import { t } from "./texts";

/** How far the deals that were started in the period ever got, stage by stage. */
export function Funnel({ answer, path }: { answer: DashboardAnswer; path: string }) {
    const { data } = answer.stages;
    const table = {
        head: [t("stage"), t("count"), `${t("share")} (%)`, `${t("conversion")} (%)`],
        rows: data.map((step) => [step.label, step.count, step.share === null ? null : step.share / 100, step.conversion === null ? null : step.conversion / 100]),
    };
    return (
        <Panel title={t("funnel")} note={t("funnelNote")} table={table}>
            {data.length ? (
                <ol className="funnel">
                    {data.map((step) => (
                        <li key={step.stage_id}>
                            <Link className={step.kind === "won" ? "funnel-step won" : "funnel-step"} href={rows(path, step.filter)}>
                                <span className="funnel-share" style={{ transform: `scaleX(${(step.share ?? 0) / 10_000})` }} aria-hidden="true" />
                                <span className="truncate">{step.label}</span>
                                <strong>{format.number(step.count)}</strong>
                                <span className="funnel-rate small">
                                    {step.conversion !== null && <><span aria-hidden="true">{format.percent(step.conversion)}</span><span className="visually-hidden">{t("fromBefore", { rate: format.percent(step.conversion) })}</span></>}
                                </span>
                            </Link>
                        </li>
                    ))}
                </ol>
            ) : <p className="muted">{t("nothing")}</p>}
        </Panel>
    );
}
