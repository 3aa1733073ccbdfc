import { useState } from "react";
import * as format from "../format/format";
import type { FieldMeta } from "../meta/types";
import { amountSet, currencyChoices } from "./currencies";
import { DecimalInput } from "./DecimalInput";
import type { Control, Edit } from "./FieldInput";

interface Props extends Control {
    field: FieldMeta;
    value: number | null;
    currency: string;
    /** Where the currency can be chosen: its field. */
    currencyField?: FieldMeta;
    onEdit: (edit: Edit) => void;
}

/** An amount beside its currency. What was typed stays when the currency changes: 1.000 € become 1.000 $. */
export function MoneyInput({ field, value, currency, currencyField, onEdit, ...rest }: Props) {
    const digits = format.decimals(currency);
    const [text, setText] = useState(value === null ? "" : (value / 10 ** digits).toLocaleString(document.documentElement.lang, { minimumFractionDigits: value % 10 ** digits ? digits : 0, useGrouping: false }));
    const tell = (typed: string, chosen: string) => {
        const set = amountSet(field.key, typed, chosen, currency);
        if (Object.keys(set).length) onEdit({ set });
    };
    return (
        <div className="with-unit">
            <DecimalInput
                {...rest}
                text={text}
                onType={(typed) => {
                    setText(typed);
                    tell(typed, currency);
                }}
            />
            {currencyField
                ? (
                    <select className="input currency" aria-label={currencyField.label} value={currency} onChange={(event) => tell(text, event.target.value)}>
                        {currencyChoices(currency).map((one) => <option key={one} value={one}>{one}</option>)}
                    </select>
                )
                : <span className="muted">{currency}</span>}
        </div>
    );
}
