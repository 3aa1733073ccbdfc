import { texts } from "../../../app/language";
import type { FieldMeta } from "../../meta/types";
import { asksOf, withAsk, type Ask, type Clause } from "./clauses";
import { askText } from "./sentence";
import { ValueEditor } from "./ValueEditor";

const t = texts({ it: { ask: "{field}: condizione" }, en: { ask: "{field}: condition" } });

interface Props {
    field: FieldMeta;
    clause: Clause;
    onChange: (clause: Clause) => void;
    onDone: () => void;
}

/** One filter: what is asked, and with which values. */
export function ClauseEditor({ field, clause, onChange, onDone }: Props) {
    const asks = asksOf(field);
    const offered = asks.includes(clause.ask) ? asks : [clause.ask, ...asks];
    return (
        <div className="clause-editor">
            <div className="clause-head">
                <span className="truncate">{field.label}</span>
                <select className="input bar" aria-label={t("ask", { field: field.label })} value={clause.ask} onChange={(event) => onChange(withAsk(clause, event.target.value as Ask))}>
                    {offered.map((ask) => <option key={ask} value={ask}>{askText(ask)}</option>)}
                </select>
            </div>
            <ValueEditor key={clause.ask} field={field} clause={clause} onChange={(values) => onChange({ ...clause, values })} onDone={onDone} />
        </div>
    );
}
