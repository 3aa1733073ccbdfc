import { useState } from "react";
import bulb from "bootstrap-icons/lightbulb.svg";
import { texts } from "../../app/language";
import { Button } from "../../design/Button";
import { Icon } from "../../design/Icon";
import { can, useMeta } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { labelField, meaningOf } from "./meaning";
import { targetField, type ColumnPlan } from "./plan";
import type { UnmatchedValue } from "./types";
import { clear, likely, type OpenColumn } from "./unmatched";
import { toastProblem } from "../records/change";
import { UnmatchedRow } from "./UnmatchedRow";
import { useBetterMatch } from "./betterMatch";

const t = texts({
    it: {
        maybe: "«{value}» potrebbe essere «{label}»", none: "«{value}» non esiste",
        uses: { one: "{count} riga usa questo nome.", other: "{count} righe usano questo nome." }, usesValue: { one: "{count} riga usa questo valore.", other: "{count} righe usano questo valore." }, treat: "Vuoi trattarlo come la stessa voce ({field})?", what: "Che cosa vuoi farne?",
        several: "{field}: {count} valori della colonna «{column}» non esistono", rows: { one: "{count} riga li usa.", other: "{count} righe li usano." },
        accept: "Accetta le {count} proposte", createAll: "Crea tutti", emptyAll: "Lascia vuoti", better: "Cerca per {field}: ne trova {found} su {count}", more: "Mostra gli altri {count}",
    },
    en: {
        maybe: "“{value}” could be “{label}”", none: "“{value}” does not exist",
        uses: { one: "{count} row uses this name.", other: "{count} rows use this name." }, usesValue: { one: "{count} row uses this value.", other: "{count} rows use this value." }, treat: "Is it the same ({field})?", what: "What is to be done with it?",
        several: "{field}: {count} values of the column “{column}” do not exist", rows: { one: "{count} row uses them.", other: "{count} rows use them." },
        accept: "Accept the {count} proposals", createAll: "Create all", emptyAll: "Leave empty", better: "Look up by {field}: finds {found} of {count}", more: "Show the other {count}",
    },
});

interface Props {
    entity: EntityMeta;
    open: OpenColumn;
    onChange: (next: Partial<ColumnPlan>) => void;
    /** Its first button is the screen's primary one. */
    isFirst: boolean;
}

const shownFirst = 6;

/** Values of a column that refer to nothing, with what they may mean: settled one by one or all at once. */
export function UnmatchedPanel({ entity, open, onChange, isFirst }: Props) {
    const meta = useMeta();
    const [all, setAll] = useState(false);
    const field = targetField(entity, open.plan.target);
    const target = field?.reference ? meta.entity(field.reference.entity) : undefined;
    const better = useBetterMatch(target, open);
    if (!field) return null;
    const label = target && labelField(target);
    const canCreate = !!target && !!label?.writable && can(target, "create") && target.name !== "kernel.member";
    const [first] = open.values;
    const single = open.values.length === 1;
    const settle = (value: string, meant: string | null) => onChange({ aliases: { ...open.plan.aliases, [value.trim()]: meant } });
    const takeAll = async (values: UnmatchedValue[]) => {
        const meanings = await Promise.all(values.map(async (one) => [one.value.trim(), one.proposals[0] ? await meaningOf(field, target, open.plan.matchBy, one.proposals[0]) : null] as const));
        onChange({ aliases: { ...open.plan.aliases, ...Object.fromEntries(meanings) } });
    };
    const proposals = clear(open.values);
    const shown = all ? open.values : open.values.slice(0, shownFirst);
    const title = single && first
        ? (likely(first) ? t("maybe", { value: first.value, label: likely(first)?.label ?? "" }) : t("none", { value: first.value }))
        : t("several", { field: field.label, count: open.values.length, column: open.column });
    return (
        <section className="import-open" aria-label={title} data-open-column={open.column}>
            <Icon svg={bulb} size={20} />
            <div className="grow">
                <h2>{title}</h2>
                <p>
                    {single ? <>{t(target ? "uses" : "usesValue", { count: open.rows })} {first && likely(first) ? t("treat", { field: field.label.toLowerCase() }) : t("what")}</> : t("rows", { count: open.rows })}
                </p>
                {(!single || better) && (
                    <div className="import-open-actions">
                        {better && <Button look={isFirst ? "primary" : "plain"} className="outlined" onClick={() => onChange({ matchBy: better.field.key, aliases: {} })}>{t("better", { field: better.field.label.toLowerCase(), found: better.found, count: open.values.length })}</Button>}
                        {!single && proposals.length > 1 && <Button look={isFirst && !better ? "primary" : "plain"} className="outlined" onClick={() => void takeAll(proposals).catch(toastProblem)}>{t("accept", { count: proposals.length })}</Button>}
                        {!single && canCreate && <Button onClick={() => onChange({ unmatched: "create" })}>{t("createAll")}</Button>}
                        {!single && field.kind === "reference" && !field.rules.required && <Button onClick={() => onChange({ unmatched: "empty" })}>{t("emptyAll")}</Button>}
                    </div>
                )}
                <ul className={single ? "import-open-single" : "import-open-values"}>
                    {shown.map((value) => (
                        <UnmatchedRow key={value.value} field={field} target={target} matchBy={open.plan.matchBy} value={value} single={single} primary={single && isFirst && !better} onSettle={(meant) => settle(value.value, meant)} {...(canCreate && single ? { onCreate: () => onChange({ unmatched: "create" }) } : {})} />
                    ))}
                </ul>
                {!all && open.values.length > shownFirst && <Button look="plain" bar onClick={() => setAll(true)}>{t("more", { count: open.values.length - shownFirst })}</Button>}
            </div>
        </section>
    );
}
