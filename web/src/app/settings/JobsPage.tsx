import { Dot, Skeleton, type Tone } from "../../design/Badge";
import { Button } from "../../design/Button";
import { api } from "../../kernel/api/client";
import { fullInstant, relative } from "../../kernel/format/format";
import { useMeta } from "../../kernel/meta/meta";
import { toastProblem } from "../../kernel/records/change";
import { texts } from "../language";
import { setQuery, usePlace } from "../router";
import { t } from "./texts";
import { usePages } from "../../kernel/api/usePages";

const words = texts({
    it: { kind: "Lavoro", run: "Eseguito", attempt: "Tentativo", replay: "Esegui di nuovo", cancel: "Annulla", available: "In coda", scheduled: "Programmato", running: "In corso", completed: "Finito", cancelled: "Annullato", discarded: "Fallito", of: "{attempt} di {all}" },
    en: { kind: "Job", run: "Run", attempt: "Attempt", replay: "Run again", cancel: "Cancel", available: "Queued", scheduled: "Scheduled", running: "Running", completed: "Done", cancelled: "Cancelled", discarded: "Failed", of: "{attempt} of {all}" },
});

interface Job {
    id: string;
    kind: string;
    state: string;
    attempt: number;
    max_attempts: number;
    run_at: string;
    error: string | null;
}

const states = ["available", "scheduled", "running", "completed", "cancelled", "discarded"] as const;
const tones: Record<string, Tone> = { completed: "success", running: "info", discarded: "danger" };

/** What runs in the background; what has failed can be run again. */
export function JobsPage() {
    const meta = useMeta();
    const { query } = usePlace();
    const { items, more, reload } = usePages<Job>("/jobs", { state: query.get("state") ?? undefined });
    const mayManage = meta.holds("kernel.job.manage");
    const act = (job: Job, what: "replay" | "cancel") => api.post(`/jobs/${job.id}/${what}`).then(reload, toastProblem);
    const say = (state: string) => ((states as readonly string[]).includes(state) ? words(state as "running") : state);
    const named = (kind: string) => {
        const text = meta.message(`job.${kind}`);
        return text.startsWith("job.") ? kind.replace(/^\w+\./, "").replace(/_/g, " ") : text;
    };
    return (
        <section>
            <div className="page-actions">
                <select className="input bar sheet-filter" aria-label={t("status")} value={query.get("state") ?? ""} onChange={(event) => setQuery({ state: event.target.value || null })}>
                    <option value="">{t("status")}: {t("all").toLowerCase()}</option>
                    {states.map((one) => <option key={one} value={one}>{words(one)}</option>)}
                </select>
            </div>
            <div className="sheet-scroll" tabIndex={0}>
                <table className="sheet">
                    <thead><tr><th scope="col">{words("kind")}</th><th scope="col">{t("status")}</th><th scope="col">{words("run")}</th><th scope="col">{words("attempt")}</th><td /></tr></thead>
                    <tbody>
                        {items === null && [1, 2, 3, 4].map((one) => <tr key={one}><td colSpan={5}><Skeleton width={320} /></td></tr>)}
                        {items?.map((job) => (
                            <tr key={job.id}>
                                <td>{named(job.kind)}{job.error && <div className="small danger-text">{job.error}</div>}</td>
                                <td><Dot tone={tones[job.state] ?? "plain"}>{say(job.state)}</Dot></td>
                                <td><time dateTime={job.run_at} title={fullInstant(job.run_at)}>{relative(job.run_at)}</time></td>
                                <td className={job.attempt > 1 ? "" : "wide-only"} data-label={words("attempt")}>{words("of", { attempt: job.attempt, all: job.max_attempts })}</td>
                                <td className="end">
                                    {mayManage && ["discarded", "cancelled"].includes(job.state) && <Button bar look="plain" onClick={() => void act(job, "replay")}>{words("replay")}</Button>}
                                    {mayManage && ["available", "scheduled"].includes(job.state) && <Button bar look="plain" onClick={() => void act(job, "cancel")}>{words("cancel")}</Button>}
                                </td>
                            </tr>
                        ))}
                        {items?.length === 0 && <tr><td colSpan={5} className="muted">{t("nothing")}</td></tr>}
                    </tbody>
                </table>
            </div>
            {more && <div className="page-actions"><Button onClick={() => void more()}>{t("more")}</Button></div>}
        </section>
    );
}
