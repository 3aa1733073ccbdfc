import { Fragment, useState } from "react";
import { Trouble } from "../app/shell/Trouble";
import { Skeleton } from "../design/Badge";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { toast } from "../design/Toast";
import { api } from "../kernel/api/client";
import { explain, Problem } from "../kernel/api/problem";
import { useLoaded } from "../kernel/api/useLoaded";
import { instant, number } from "../kernel/format/format";
import { StatusDot, type Organization } from "./OrganizationsPage";
import { t } from "./texts";
import { countryName, planName } from "./words";

interface Detail extends Organization {
    usage: { members: number; records: Record<string, number> | null; import_bytes: number; dead_jobs: number; last_active_at: string | null };
}

/** One organization: what it uses; suspended with a reason, reactivated. */
export function OrganizationPage({ id, onBack }: { id: string; onBack: () => void }) {
    const { data, problem, reload } = useLoaded<Detail>(`/vendor/organizations/${id}`);
    const [asking, setAsking] = useState(false);
    const reactivate = () => data && api.post(`/vendor/organizations/${id}/reactivate`).then(
        () => {
            toast({ text: t("reactivatedDone", { name: data.name }), kind: "success" });
            reload();
        },
        (error: unknown) => toast({ text: explain(error), kind: "danger" }),
    );
    const records = Object.values(data?.usage.records ?? {}).reduce((sum, count) => sum + count, 0);
    const line = (label: string, value: string) => <><dt className="muted">{label}</dt><dd>{value}</dd></>;
    return (
        <>
            <header className="header">
                <nav className="breadcrumb" aria-label={t("organizations")}>
                    <a href="/vendor/organizations" onClick={(event) => { event.preventDefault(); onBack(); }}>{t("back")}</a>
                    <span className="muted" aria-hidden="true">/</span>
                    <h1 className="truncate">{data?.name ?? (problem ? "—" : <Skeleton width={140} height={14} />)}</h1>
                </nav>
                {data && (data.status === "active" ? <Button look="danger" onClick={() => setAsking(true)}>{t("suspend")}</Button> : <Button look="primary" onClick={() => void reactivate()}>{t("reactivate")}</Button>)}
            </header>
            <div className="page stack">
                {!data && (problem ? <Trouble text={explain(problem)} code={problem instanceof Problem ? problem.code : ""} onRetry={reload} /> : <DetailSkeleton />)}
                {data && (
                    <>
                        <StatusDot status={data.status} />
                        {data.suspended_reason && <p className="note warning">{data.suspended_at && `${instant(data.suspended_at)} · `}{data.suspended_reason}</p>}
                        <h2>{t("usage")}</h2>
                        <dl className="vendor-usage">
                            {line(t("plan"), planName(data.plan))}
                            {line(t("country"), countryName(data.country))}
                            {line(t("since"), instant(data.created_at))}
                            {line(t("members"), number(data.usage.members))}
                            {line(t("records"), data.usage.records ? number(records) : "—")}
                            {line(t("imports"), `${number(Math.round(data.usage.import_bytes / 1024))} KB`)}
                            {line(t("dead"), number(data.usage.dead_jobs))}
                            {line(t("lastActive"), instant(data.usage.last_active_at))}
                        </dl>
                    </>
                )}
            </div>
            {asking && data && <SuspendDialog organization={data} onClose={() => setAsking(false)} onDone={reload} />}
        </>
    );
}

/** In the shape of what comes: the state, the heading, a line for each thing that is used. */
function DetailSkeleton() {
    const labels = [t("plan"), t("country"), t("since"), t("members"), t("records"), t("imports"), t("dead"), t("lastActive")];
    return (
        <div className="stack" aria-busy="true">
            <Skeleton width={80} height={20} />
            <h2>{t("usage")}</h2>
            <dl className="vendor-usage">
                {labels.map((label) => <Fragment key={label}><dt className="muted">{label}</dt><dd><Skeleton width={96} height={14} /></dd></Fragment>)}
            </dl>
        </div>
    );
}

function SuspendDialog({ organization, onClose, onDone }: { organization: Organization; onClose: () => void; onDone: () => void }) {
    const [reason, setReason] = useState("");
    const [problem, setProblem] = useState<Problem | null>(null);
    const suspend = async () => {
        try {
            await api.post(`/vendor/organizations/${organization.id}/suspend`, { reason });
            toast({ text: t("suspendedDone", { name: organization.name }) });
            onDone();
            onClose();
        } catch (error) {
            if (error instanceof Problem) setProblem(error);
        }
    };
    return (
        <Dialog title={`${t("suspend")}: ${organization.name}`} onClose={onClose} onSubmit={() => void suspend()} footer={<><Button onClick={onClose}>{t("cancel")}</Button><Button look="danger" type="submit">{t("suspend")}</Button></>}>
            <div className="stack">
                <p>{t("suspendText", { name: organization.name })}</p>
                <Field label={t("reason")} required fault={problem?.fault("reason") ?? (problem && !problem.errors.length ? problem.message : undefined)}>
                    <textarea className="input" value={reason} onChange={(event) => setReason(event.target.value)} />
                </Field>
            </div>
        </Dialog>
    );
}
