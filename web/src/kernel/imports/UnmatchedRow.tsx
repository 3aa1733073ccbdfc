import { useState } from "react";
import { texts } from "../../app/language";
import { Button } from "../../design/Button";
import { FieldInput } from "../fields/FieldInput";
import type { EntityMeta, FieldMeta } from "../meta/types";
import type { Row } from "../records/types";
import { toastProblem } from "../records/change";
import { importTexts } from "./importTexts";
import { meaningOf, textFor } from "./meaning";
import type { UnmatchedValue } from "./types";
import { likely } from "./unmatched";

const t = texts({
    it: { yes: "Sì, è {label}", other: "Scegli un altro", choose: "Scegli", create: "Crea «{value}»", empty: "Lascia vuoto", rows: { one: "{count} riga", other: "{count} righe" }, meant: "Che cosa vuol dire «{value}»", back: "Lascia stare" },
    en: { yes: "Yes, it is {label}", other: "Choose another", choose: "Choose", create: "Create “{value}”", empty: "Leave empty", rows: { one: "{count} row", other: "{count} rows" }, meant: "What “{value}” means", back: "Never mind" },
});

interface Props {
    field: FieldMeta;
    target: EntityMeta | undefined;
    matchBy: string | null;
    value: UnmatchedValue;
    single: boolean;
    primary: boolean;
    onSettle: (meant: string | null) => void;
    onCreate?: () => void;
}

/** One value that refers to nothing, and what can be done with it. */
export function UnmatchedRow({ field, target, matchBy, value, single, primary, onSettle, onCreate }: Props) {
    const [chooses, setChooses] = useState(false);
    const proposal = likely(value);
    const take = () => {
        if (proposal) meaningOf(field, target, matchBy, proposal).then(onSettle, toastProblem);
    };
    return (
        <li data-value={value.value}>
            {!single && <span className="import-open-value"><strong className="truncate">{importTexts("quoted", { value: value.value })}</strong><span className="muted small">{t("rows", { count: value.count })}</span></span>}
            {chooses ? (
                <div className="import-open-actions grow">
                    <div className="import-open-choice">
                        <FieldInput
                            field={{ ...field, rules: { ...field.rules, required: false } }}
                            value={null}
                            target={null}
                            autoFocus
                            label={t("meant", { value: value.value })}
                            onEdit={({ set, included }) => {
                                const chosen = set[field.key];
                                const row = (included?.[field.reference?.include ?? ""] ?? null) as Row | null;
                                if (row) onSettle(textFor(target, matchBy, row));
                                else if (typeof chosen === "string") onSettle(chosen);
                            }}
                        />
                    </div>
                    <Button look="plain" onClick={() => setChooses(false)}>{t("back")}</Button>
                </div>
            ) : (
                <div className="import-open-actions">
                    {proposal && <Button look={primary ? "primary" : "plain"} className="outlined" bar={!single} onClick={take}><span className="truncate import-open-yes">{t("yes", { label: proposal.label })}</span></Button>}
                    <Button bar={!single} onClick={() => setChooses(true)}>{t(proposal ? "other" : "choose")}</Button>
                    {onCreate && <Button bar={!single} onClick={onCreate}>{t("create", { value: value.value })}</Button>}
                    <Button bar={!single} onClick={() => onSettle(null)}>{t("empty")}</Button>
                </div>
            )}
        </li>
    );
}
