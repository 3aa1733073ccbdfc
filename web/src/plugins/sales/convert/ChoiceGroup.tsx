import { useId } from "react";
import { FieldInput } from "../../../kernel/fields/FieldInput";
import type { FieldMeta } from "../../../kernel/meta/types";
import type { Choice, Likeness } from "./conversion";
import { convertTexts as t } from "./texts";

interface Props {
    legend: string;
    /** Says that likely ones were found. */
    note: string;
    likely: Likeness[];
    newLabel: string;
    otherLabel: string;
    /** The lead's own reference, by which another record is looked up. */
    field: FieldMeta | undefined;
    choice: Choice;
    onChoose: (choice: Choice) => void;
    fault: string | undefined;
}

/** One of the likely records, a new one, or another that is looked up. */
export function ChoiceGroup({ legend, note, likely, newLabel, otherLabel, field, choice, onChoose, fault }: Props) {
    const name = useId();
    const words = { name: t("name"), email: t("email"), domain: t("domain"), phone: t("phone") } as Record<string, string>;
    const radio = (label: string, aside: string, isOn: boolean, onChange: () => void, key: string) => (
        <label key={key} className={isOn ? "choice chosen" : "choice"}>
            <input type="radio" name={name} checked={isOn} onChange={onChange} />
            <span className="grow">{label}</span>
            {aside && <span className="small muted">{aside}</span>}
        </label>
    );
    return (
        <fieldset className="choices" aria-invalid={fault ? true : undefined}>
            <legend>{legend}</legend>
            {likely.length > 0 && <p className="small muted">{note}</p>}
            {likely.map((one) => radio(one.label, words[one.reason] ? t("sameBy", { what: words[one.reason] ?? "" }) : "", choice.kind === "known" && choice.id === one.id, () => onChoose({ kind: "known", id: one.id }), one.id))}
            {radio(newLabel, "", choice.kind === "new", () => onChoose({ kind: "new" }), "new")}
            {field && radio(otherLabel, "", choice.kind === "other", () => onChoose({ kind: "other", row: null }), "other")}
            {field && choice.kind === "other" && (
                <FieldInput
                    field={field}
                    label={otherLabel}
                    value={choice.row?.id ?? null}
                    target={choice.row}
                    autoFocus
                    onEdit={({ included }) => onChoose({ kind: "other", row: Object.values(included ?? {})[0] ?? null })}
                />
            )}
            {fault && <p className="danger-text small" role="alert">{fault}</p>}
        </fieldset>
    );
}
