import { useMemo } from "react";
import { texts } from "../../../app/language";
import { field } from "../../meta/meta";
import type { EntityMeta } from "../../meta/types";
import type { ListQuery } from "../query";
import type { ChangeQuery } from "../useListQuery";
import { asksOf, isFilterable, toClauses, toConditions, type Clause } from "./clauses";
import { FilterChip } from "./FilterChip";
import { countConditions } from "./groups";
import { useLabels } from "./useLabels";
import { Icon } from "../../../design/Icon";
import x from "bootstrap-icons/x.svg";

const t = texts({
    it: { advanced: { one: "Filtro avanzato: {count} condizione", other: "Filtro avanzato: {count} condizioni" }, remove: "Togli il filtro avanzato" },
    en: { advanced: { one: "Advanced filter: {count} condition", other: "Advanced filter: {count} conditions" }, remove: "Remove the advanced filter" },
});

interface Props {
    entity: EntityMeta;
    query: ListQuery;
    change: ChangeQuery;
    onAdvanced: () => void;
}

/** The filters that are on, each a chip, and those that are most often wanted. */
export function FilterChips({ entity, query, change, onAdvanced }: Props) {
    const clauses = useMemo(() => toClauses(query.filters, entity), [query.filters, entity]);
    const label = useLabels(entity, clauses);
    const set = (next: Clause[]) => change({ filters: next.flatMap(toConditions) }, next.length !== clauses.length);
    const owner = entity.owner_field ? field(entity, entity.owner_field) : undefined;
    // It shows the way to a first filter; the next ones are found in the menu.
    const offered = owner && isFilterable(owner) && !clauses.length && !query.advanced ? [owner] : [];
    return (
        <>
            {clauses.map((clause, index) => {
                const one = field(entity, clause.field);
                return one && (
                    <FilterChip
                        key={`${clause.field}-${index}`}
                        field={one}
                        clause={clause}
                        isActive
                        label={label}
                        onChange={(next) => set(clauses.map((other, at) => (at === index ? next : other)))}
                        onRemove={() => set(clauses.filter((_, at) => at !== index))}
                    />
                );
            })}
            {query.advanced && (
                <span className="chip active" data-filter="advanced">
                    <button type="button" className="chip-text" aria-haspopup="dialog" onClick={onAdvanced}>{t("advanced", { count: countConditions(query.advanced) })}</button>
                    <button type="button" className="chip-remove" aria-label={t("remove")} title={t("remove")} onClick={() => change({ advanced: null }, true)}><Icon svg={x} /></button>
                </span>
            )}
            {offered.map((one) => (
                <FilterChip key={`${one.key}-offered-${clauses.length}`} field={one} clause={{ field: one.key, ask: asksOf(one)[0] ?? "anyOf", values: [] }} isActive={false} label={label} onChange={(next) => set([...clauses, next])} onRemove={() => undefined} />
            ))}
        </>
    );
}
