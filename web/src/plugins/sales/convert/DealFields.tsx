import { Field } from "../../../design/Field";
import { currencyOf } from "../../../kernel/fields/currencies";
import { FieldInput } from "../../../kernel/fields/FieldInput";
import type { Problem } from "../../../kernel/api/problem";
import { field } from "../../../kernel/meta/meta";
import type { EntityMeta } from "../../../kernel/meta/types";
import type { Row } from "../../../kernel/records/types";
import type { Deal } from "./conversion";

const keys = ["title", "amount", "expected_close_on", "product_id", "pipeline_id"] as const;

interface Props {
    entity: EntityMeta;
    deal: Deal;
    targets: Record<string, Row | null>;
    problem: Problem | null;
    onChange: (deal: Deal, targets: Record<string, Row | null>) => void;
}

/** What the new deal is: its title, what it may bring, when. */
export function DealFields({ entity, deal, targets, problem, onChange }: Props) {
    return (
        <div className="create-fields">
            {keys.map((key) => {
                const meta = field(entity, key);
                if (!meta?.writable) return null;
                const currencyField = currencyOf(entity, meta);
                return (
                    <div key={key} className={key === "title" ? "wide" : ""} data-field={key}>
                        <Field label={meta.label} fault={problem?.fault(key)}>
                            <FieldInput
                                field={meta}
                                value={deal[key]}
                                currency={deal.currency}
                                {...(currencyField ? { currencyField } : {})}
                                target={targets[key] ?? null}
                                onEdit={({ set, included }) => onChange(
                                    { ...deal, [key]: set[key] ?? (key === "title" ? "" : null), ...(typeof set["amount_currency"] === "string" ? { currency: set["amount_currency"] } : {}) },
                                    included ? { ...targets, [key]: Object.values(included)[0] ?? null } : targets,
                                )}
                            />
                        </Field>
                    </div>
                );
            })}
        </div>
    );
}
