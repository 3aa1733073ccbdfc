import { useState } from "react";
import funnel from "bootstrap-icons/funnel.svg";
import { Bar } from "../../../app/shell/Header";
import { useShortcuts } from "../../../app/shell/keys";
import { Button } from "../../../design/Button";
import { Dialog } from "../../../design/Dialog";
import { BoardParent } from "../../board/BoardParent";
import { view } from "../../meta/meta";
import type { EntityMeta } from "../../meta/types";
import { AddFilter } from "../filters/AddFilter";
import { AdvancedFilter } from "../filters/AdvancedFilter";
import { toClauses, toConditions, type Clause } from "../filters/clauses";
import { FilterChips } from "../filters/FilterChips";
import { isNarrowed, type ListQuery } from "../query";
import { ownSort } from "../sorting";
import type { ChangeQuery } from "../useListQuery";
import { useMedia, useNarrow } from "../useMedia";
import { t } from "./barTexts";
import { FormTabs } from "./FormTabs";
import { SearchField } from "./SearchField";
import { SortMenu, SortPanel } from "./SortMenu";
import { ViewOptions, ViewPanel } from "./ViewOptions";
import { SavedViews } from "../saved/SavedViews";

interface Props {
    entity: EntityMeta;
    form: "list" | "board";
    onForm: (form: "list" | "board") => void;
    query: ListQuery;
    change: ChangeQuery;
    /** What Esc does first; true when there was something to do. */
    onEscape: () => boolean;
}

/** The bar below the head: forms, saved views, filters, search, order and columns; filters that find no room go on below. On a phone all but the forms stand in a sheet. */
export function CollectionBar({ entity, form, onForm, query, change, onEscape }: Props) {
    const narrow = useNarrow();
    const besideSearch = useMedia("(max-width: 1199px)") ? 0 : 1;
    const [sheet, setSheet] = useState(false);
    const [advanced, setAdvanced] = useState(false);
    const hasBoard = view(entity, "board") !== undefined;
    const sort = query.sort.length ? query.sort : ownSort(entity);
    const clear = () => change({ filters: [], advanced: null, q: "" }, true);
    useShortcuts([
        { keys: "Escape", label: t("clearAll"), where: t("where"), run: () => void (onEscape() || (isNarrowed(query) && clear())) },
        ...(hasBoard ? [{ keys: "v", label: t(form === "list" ? "toBoard" : "toList"), where: t("where"), run: () => onForm(form === "list" ? "board" : "list") }] : []),
    ]);
    const tabs = (
        <>
            {hasBoard && <FormTabs form={form} onForm={onForm} />}
            <SavedViews entity={entity} form={form} query={query} change={change} />
        </>
    );
    const chips = (
        <>
            {form === "board" && <BoardParent entity={entity} />}
            <FilterChips entity={entity} query={query} change={change} onAdvanced={() => setAdvanced(true)} />
        </>
    );
    const more = (
        <span className="filter-more">
            <AddFilter
                entity={entity}
                onAdvanced={() => setAdvanced(true)}
                onAdd={(clause, former) => {
                    const clauses = toClauses(query.filters, entity);
                    // By what they ask: a span with one end only is read again as a bound.
                    const written = (one: Clause) => JSON.stringify(toConditions(one));
                    const at = former ? clauses.findIndex((one) => written(one) === written(former)) : -1;
                    change({ filters: (at < 0 ? [...clauses, clause] : clauses.map((one, index) => (index === at ? clause : one))).flatMap(toConditions) }, at < 0);
                }}
            />
            {isNarrowed(query) && <Button bar look="plain" title={`${t("clearAll")} (Esc)`} onClick={clear}>{t("clearAll")}</Button>}
        </span>
    );
    const search = entity.searchable && <SearchField name={entity.label.many} value={query.q} onChange={(q) => change({ q })} />;
    const sorting = { entity, sort, isChosen: query.sort.length > 0, onSort: (next: typeof sort) => change({ sort: next }) };
    const count = toClauses(query.filters, entity).length + (query.advanced ? 1 : 0);
    return (
        <>
            <Bar label={t("bar")}>
                {narrow ? (
                    <>
                        {tabs}
                        <span className="grow" />
                        <Button bar className="filter-opener" icon={funnel} {...(count || query.q ? { look: "tinted" as const } : {})} aria-haspopup="dialog" onClick={() => setSheet(true)}>{count ? t("filtersCount", { count }) : t("filters")}</Button>
                    </>
                ) : (
                    <>
                        <div className="bar-views">{tabs}</div>
                        <div className={count > besideSearch ? "bar-filters crowded" : "bar-filters"}>{chips}{more}</div>
                        <div className="bar-tail">
                            {search}
                            {form === "list" && <SortMenu {...sorting} />}
                            <ViewOptions entity={entity} form={form} query={query} change={change} />
                        </div>
                    </>
                )}
            </Bar>
            {sheet && (
                <Dialog title={t("filters")} className="filter-sheet" onClose={() => setSheet(false)} footer={<Button look="primary" onClick={() => setSheet(false)}>{t("done")}</Button>}>
                    <div className="stack">
                        {search}
                        <div className="sheet-chips">{chips}{more}</div>
                        {form === "list" && <section><h3>{t("sortTitle")}</h3><SortPanel {...sorting} /></section>}
                        <details><summary>{t("view")}</summary><ViewPanel entity={entity} form={form} query={query} change={change} /></details>
                    </div>
                </Dialog>
            )}
            {advanced && <AdvancedFilter entity={entity} query={query} change={change} onClose={() => setAdvanced(false)} />}
        </>
    );
}
