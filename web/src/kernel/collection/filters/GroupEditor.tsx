import plus from "bootstrap-icons/plus-lg.svg";
import x from "bootstrap-icons/x-lg.svg";
import { texts } from "../../../app/language";
import { Button, IconButton } from "../../../design/Button";
import { field } from "../../meta/meta";
import type { EntityMeta } from "../../meta/types";
import { isGroup, type Condition, type Filter, type Group } from "../query";
import { asksOf, clauseOf, isFilterable, isWhole, toConditions, withAsk, type Ask, type Clause } from "./clauses";
import { withPart } from "./groups";
import { askText } from "./sentence";
import { ValueField } from "./ValueField";

const t = texts({
    it: { join: "Come si uniscono", all: "Valgono tutte", any: "Ne vale almeno una", group: "Gruppo", addCondition: "Condizione", addGroup: "Gruppo di condizioni", remove: "Togli", field: "Campo", ask: "Condizione" },
    en: { join: "How they are joined", all: "All hold", any: "At least one holds", group: "Group", addCondition: "Condition", addGroup: "Group of conditions", remove: "Remove", field: "Field", ask: "Condition" },
});

/** A condition that asks nothing yet. */
export function newCondition(entity: EntityMeta): Condition {
    const first = entity.fields.find((one) => isFilterable(one) && !one.standard) ?? entity.fields[0];
    return conditionOf({ field: first?.key ?? "id", ask: (first && asksOf(first)[0]) ?? "is", values: [] });
}

const blanks: Partial<Record<Ask, Condition["operator"]>> = { anyOf: "in", noneOf: "not_in", contains: "contains", startsWith: "starts_with", within: "within", isNot: "ne", notEqual: "ne", notOn: "ne", atLeast: "gte", from: "gte", atMost: "lte", until: "lte", above: "gt", after: "gt", below: "lt", before: "lt" };

/** The condition of a clause, or the same without a value as long as it has none. */
function conditionOf(clause: Clause): Condition {
    const [made] = isWhole(clause) ? toConditions(clause) : [];
    return made ?? { field: clause.field, operator: blanks[clause.ask] ?? "eq", value: clause.ask === "anyOf" || clause.ask === "noneOf" ? [] : "" };
}

interface Props {
    entity: EntityMeta;
    group: Group;
    /** 0 for the outermost; groups stand in it and no deeper. */
    depth: number;
    onChange: (group: Group) => void;
    onRemove?: () => void;
}

export function GroupEditor({ entity, group, depth, onChange, onRemove }: Props) {
    const put = (at: number, part: Filter | null) => onChange(withPart(group, at, part));
    return (
        <fieldset className={depth ? "filter-group inner" : "filter-group"}>
            <div className="filter-group-head">
                <select className="input bar" aria-label={t("join")} value={group.join} onChange={(event) => onChange({ ...group, join: event.target.value === "all" ? "all" : "any" })}>
                    <option value="all">{t("all")}</option>
                    <option value="any">{t("any")}</option>
                </select>
                {onRemove && <IconButton look="plain" bar icon={x} label={t("remove")} onClick={onRemove} />}
            </div>
            {group.parts.map((part, at) => (isGroup(part)
                ? <GroupEditor key={at} entity={entity} group={part} depth={depth + 1} onChange={(next) => put(at, next)} onRemove={() => put(at, null)} />
                : <ConditionRow key={at} entity={entity} condition={part} onChange={(next) => put(at, next)} onRemove={() => put(at, null)} />
            ))}
            <div className="row">
                <Button bar look="plain" icon={plus} onClick={() => onChange({ ...group, parts: [...group.parts, newCondition(entity)] })}>{t("addCondition")}</Button>
                {depth === 0 && <Button bar look="plain" icon={plus} onClick={() => onChange({ ...group, parts: [...group.parts, { join: group.join === "all" ? "any" : "all", parts: [newCondition(entity)] }] })}>{t("addGroup")}</Button>}
            </div>
        </fieldset>
    );
}

function ConditionRow({ entity, condition, onChange, onRemove }: { entity: EntityMeta; condition: Condition; onChange: (condition: Condition) => void; onRemove: () => void }) {
    const one = field(entity, condition.field);
    const clause = one && clauseOf(condition, one);
    const asks = one ? asksOf(one).filter((ask) => ask !== "between") : [];
    const fields = entity.fields.filter((other) => isFilterable(other) || other.key === condition.field);
    return (
        <div className="condition-row">
            <select
                className="input bar"
                aria-label={t("field")}
                value={condition.field}
                onChange={(event) => {
                    const next = field(entity, event.target.value);
                    const ask = next && asksOf(next)[0];
                    if (next && ask) onChange(conditionOf({ field: next.key, ask, values: [] }));
                }}
            >
                {fields.map((other) => <option key={other.key} value={other.key}>{other.label}</option>)}
            </select>
            {clause && (
                <select className="input bar" aria-label={t("ask")} value={clause.ask} onChange={(event) => onChange(conditionOf(withAsk({ ...clause, values: clause.values.filter(Boolean) }, event.target.value as Ask)))}>
                    {(asks.includes(clause.ask) ? asks : [clause.ask, ...asks]).map((ask) => <option key={ask} value={ask}>{askText(ask)}</option>)}
                </select>
            )}
            {one && clause && <ValueField key={`${one.key} ${clause.ask}`} field={one} clause={clause} onChange={(values) => onChange(conditionOf({ ...clause, values }))} />}
            <IconButton look="plain" bar icon={x} label={t("remove")} onClick={onRemove} />
        </div>
    );
}
