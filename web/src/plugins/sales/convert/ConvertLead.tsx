import { useEffect, useState } from "react";
import { go, Link, to } from "../../../app/router";
import { Skeleton } from "../../../design/Badge";
import { Button } from "../../../design/Button";
import { Dialog } from "../../../design/Dialog";
import { api } from "../../../kernel/api/client";
import { explain, Problem } from "../../../kernel/api/problem";
import { newId } from "../../../kernel/create/newId";
import { useDraft } from "../../../kernel/draft";
import { labelOf } from "../../../kernel/meta/label";
import { field, useMeta } from "../../../kernel/meta/meta";
import type { EntityMeta } from "../../../kernel/meta/types";
import { useNamed } from "../../../kernel/record/named";
import type { Row } from "../../../kernel/records/types";
import { fetchRecord } from "../../../kernel/records/useRecord";
import { ChoiceGroup } from "./ChoiceGroup";
import { conversionBody, firstChoice, isChosen, type Choice, type Deal, type Proposal } from "./conversion";
import { DealFields } from "./DealFields";
import { convertTexts as t } from "./texts";

type Made = Pick<Proposal, "account_id" | "contact_id" | "opportunity_id">;

/** Makes a customer and a deal of a lead in two steps: who it is, with those who are known already proposed; then what is to be sold. */
export default function ConvertLead({ entity, row, onClose }: { entity: EntityMeta; row: Row; onClose: () => void }) {
    const meta = useMeta();
    const deals = meta.entity("sales.opportunity");
    const [proposal, setProposal] = useState<Proposal | null>(null);
    const [step, setStep] = useState<"customer" | "deal">("customer");
    const [account, setAccount] = useState<Choice>({ kind: "new" });
    const [contact, setContact] = useState<Choice>({ kind: "new" });
    const [deal, setDeal, clearDeal] = useDraft<Deal>(`convert:${row.id}`, { title: "", amount: null, currency: null, pipeline_id: null, product_id: null, expected_close_on: null });
    const [targets, setTargets] = useState<Record<string, Row | null>>({});
    const [problem, setProblem] = useState<Problem | null>(null);
    const [tried, setTried] = useState(false);
    const [busy, setBusy] = useState(false);
    const [made, setMade] = useState<Made | null>(null);
    const [key, setKey] = useState(newId);
    const person = [row["first_name"], row["last_name"]].filter(Boolean).join(" ");
    const hasPerson = !!(person || row["email"]);
    useEffect(() => {
        api.get<Proposal>(`/leads/${row.id}/conversion`).then((found) => {
            setProposal(found);
            setAccount(firstChoice(found.proposals.accounts));
            setContact(firstChoice(found.proposals.contacts));
            setDeal((before) => (before.title ? before : { ...before, title: found.title }));
            if (found.opportunity_id) setMade(found);
        }).catch((error: unknown) => setProblem(error instanceof Problem ? error : new Problem(0, { detail: explain(error) })));
    }, [row.id]);
    const next = async () => {
        if (busy || !proposal) return;
        if (step === "customer") {
            setTried(true);
            if (isChosen(account) && (!hasPerson || isChosen(contact))) setStep("deal");
            return;
        }
        setBusy(true);
        setProblem(null);
        try {
            const answer = await api.post<Made>(`/leads/${row.id}/conversion`, conversionBody(account, hasPerson ? contact : null, deal), { headers: { "Idempotency-Key": key } });
            clearDeal();
            await fetchRecord(entity, row.id).catch(() => undefined);
            setMade(answer);
        } catch (error) {
            const found = error instanceof Problem ? error : new Problem(0, { detail: explain(error) });
            setKey(newId());
            if (found.code === "matches_found") {
                setProposal({ ...proposal, proposals: found.body["proposals"] as Proposal["proposals"] });
                setStep("customer");
            }
            setProblem(found);
        } finally {
            setBusy(false);
        }
    };
    const name = labelOf(row, entity);
    if (made) return <Converted made={made} onClose={onClose} />;
    const footer = (
        <>
            <span className="grow">{step === "deal" ? <Button look="plain" onClick={() => setStep("customer")}>{t("back")}</Button> : <Button look="plain" onClick={onClose}>{t("cancel")}</Button>}</span>
            <Button look="primary" type="submit" busy={busy} disabled={!proposal}>{t(step === "customer" ? "next" : "convert")}</Button>
        </>
    );
    const likely = proposal?.proposals ?? { accounts: [], contacts: [] };
    return (
        <Dialog title={t("title", { name })} onClose={onClose} onSubmit={() => void next()} footer={footer}>
            <div className="stack" data-step={step}>
                <ol className="convert-steps" aria-label={t("steps")}>
                    {(["customer", "deal"] as const).map((one, index) => <li key={one} aria-current={one === step ? "step" : undefined}><span aria-hidden="true">{index + 1}</span>{t(one)}</li>)}
                </ol>
                {problem && !problem.errors.length && <p className="create-fault" role="alert">{problem.code === "matches_found" ? t("someoneDid") : explain(problem)}</p>}
                {!proposal && !problem && <Skeleton height={140} />}
                {proposal && step === "customer" && (
                    <>
                        <ChoiceGroup legend={t("account")} note={t("matches", { count: likely.accounts.length })} likely={likely.accounts} newLabel={t("newAccount", { name: proposal.title })} otherLabel={t("otherAccount")} field={field(entity, "account_id")} choice={account} onChoose={setAccount} fault={tried && !isChosen(account) ? t("pickAccount") : undefined} />
                        {hasPerson
                            ? <ChoiceGroup legend={t("contact")} note={t("contactMatches", { count: likely.contacts.length })} likely={likely.contacts} newLabel={t("newContact", { name: person || String(row["email"]) })} otherLabel={t("otherContact")} field={field(entity, "contact_id")} choice={contact} onChoose={setContact} fault={tried && !isChosen(contact) ? t("pickContact") : undefined} />
                            : <p className="muted">{t("noPerson")}</p>}
                    </>
                )}
                {proposal && step === "deal" && deals && (
                    <>
                        <p className="muted">{t("dealText")}</p>
                        <DealFields entity={deals} deal={deal} targets={targets} problem={problem} onChange={(changed, named) => { setDeal(changed); setTargets(named); }} />
                    </>
                )}
            </div>
        </Dialog>
    );
}

/** What came of it, with the way on. */
function Converted({ made, onClose }: { made: Made; onClose: () => void }) {
    const open = () => {
        onClose();
        if (made.opportunity_id) go(to(`opportunities/${made.opportunity_id}`));
    };
    return (
        <Dialog title={t("doneTitle")} onClose={onClose} footer={<><Button onClick={onClose}>{t("close")}</Button><Button look="primary" autoFocus onClick={open}>{t("openDeal")}</Button></>}>
            <div role="status">
                <p>{t("done")}</p>
                <ul className="converted">
                    <MadeRecord label={t("account")} entity="directory.account" id={made.account_id} onFollow={onClose} />
                    <MadeRecord label={t("contact")} entity="directory.contact" id={made.contact_id} onFollow={onClose} />
                    <MadeRecord label={t("deal")} entity="sales.opportunity" id={made.opportunity_id} onFollow={onClose} />
                </ul>
            </div>
        </Dialog>
    );
}

function MadeRecord({ label, entity, id, onFollow }: { label: string; entity: string; id: string | null; onFollow: () => void }) {
    const meta = useMeta().entity(entity);
    const row = useNamed(entity, id);
    if (!id || !meta) return null;
    return <li><span className="muted">{label}</span> <Link href={to(`${meta.path}/${id}`)} onClick={() => setTimeout(onFollow)}>{row ? labelOf(row, meta) : meta.label.one}</Link></li>;
}
