import type { Row, Value } from "../../../kernel/records/types";

/** A record that the lead probably stands for. */
export interface Likeness {
    id: string;
    label: string;
    reason: string;
}

/** `/leads/{id}/conversion`. */
export interface Proposal {
    status: string;
    account_id: string | null;
    contact_id: string | null;
    opportunity_id: string | null;
    proposals: { accounts: Likeness[]; contacts: Likeness[] };
    title: string;
}

/** Which record is used: a likely one, one that was looked up, or a new one. */
export type Choice = { kind: "new" } | { kind: "known"; id: string } | { kind: "other"; row: Row | null };

export interface Deal {
    title: string;
    amount: number | null;
    currency: string | null;
    pipeline_id: string | null;
    product_id: string | null;
    expected_close_on: string | null;
}

/** The surest likely record, else a new one. */
export const firstChoice = (likely: Likeness[]): Choice => (likely[0] ? { kind: "known", id: likely[0].id } : { kind: "new" });

/** The record that a choice names; null for a new one, or none yet. */
export const chosenId = (choice: Choice): string | null => (choice.kind === "known" ? choice.id : choice.kind === "other" ? choice.row?.id ?? null : null);

export const isChosen = (choice: Choice): boolean => choice.kind === "new" || chosenId(choice) !== null;

/** What is sent: only what is chosen; new records are asked for by name, so that likely ones are no objection. */
export function conversionBody(account: Choice, contact: Choice | null, deal: Deal): Record<string, Value> {
    const accountId = chosenId(account);
    const contactId = contact ? chosenId(contact) : null;
    const body: Record<string, Value> = {
        ...(accountId ? { account_id: accountId } : { create_account: true }),
        ...(contactId ? { contact_id: contactId } : { create_contact: true }),
    };
    if (deal.title.trim()) body["title"] = deal.title.trim();
    if (deal.amount !== null) {
        body["amount"] = deal.amount;
        if (deal.currency) body["amount_currency"] = deal.currency;
    }
    for (const key of ["pipeline_id", "product_id", "expected_close_on"] as const) {
        if (deal[key]) body[key] = deal[key];
    }
    return body;
}
