import { useRef, useState } from "react";
import chevron from "bootstrap-icons/chevron-down.svg";
import { texts } from "../../../app/language";
import { Button } from "../../../design/Button";
import { Floating } from "../../../design/Floating";
import { Icon } from "../../../design/Icon";
import { useMeta } from "../../meta/meta";
import type { FieldMeta } from "../../meta/types";
import { labelOf } from "../../meta/label";
import { records } from "../../records/cache";
import { valueCount, type Clause } from "./clauses";
import { clauseText } from "./sentence";
import { ValueEditor } from "./ValueEditor";

const t = texts({ it: { choose: "Scegli…" }, en: { choose: "Choose…" } });

/** The values of a condition in one line: typed where they stand, or chosen from a list that opens. */
export function ValueField({ field, clause, onChange }: { field: FieldMeta; clause: Clause; onChange: (values: string[]) => void }) {
    const meta = useMeta();
    const [open, setOpen] = useState(false);
    const anchor = useRef<HTMLButtonElement>(null);
    const count = valueCount(clause.ask);
    if (count === 0) return <span className="grow" />;
    const isList = clause.ask === "within" || (count === null && (field.kind === "reference" || field.choices !== undefined));
    if (!isList) return <div className="grow"><ValueEditor field={field} clause={clause} onChange={onChange} onDone={() => undefined} /></div>;
    const name = (id: string) => {
        const row = records.get(id);
        return row && labelOf(row, meta.entity(row.type));
    };
    const text = clause.values.some(Boolean) ? clauseText(field, { ...clause, ask: clause.ask === "noneOf" ? "anyOf" : clause.ask }, name) : t("choose");
    return (
        <div className="grow">
            <Button bar innerRef={anchor} className="value-opener" aria-haspopup="dialog" aria-expanded={open} aria-label={`${field.label}: ${text}`} onClick={() => setOpen(!open)}><span className="truncate grow">{text}</span><Icon svg={chevron} /></Button>
            {open && (
                <Floating anchor={anchor} onClose={() => setOpen(false)} role="dialog" label={field.label} className="filter-panel">
                    <ValueEditor field={field} clause={clause} onChange={onChange} onDone={() => setOpen(false)} />
                </Floating>
            )}
        </div>
    );
}
