import { useCallback, useEffect, useMemo, useRef, type MutableRefObject } from "react";
import search from "bootstrap-icons/search.svg";
import { texts } from "../../app/language";
import { go, here, setQuery, to, usePlace } from "../../app/router";
import { useSession } from "../../app/session";
import { Empty } from "../../design/Badge";
import { Button } from "../../design/Button";
import { Icon } from "../../design/Icon";
import { labelOf } from "../meta/label";
import { can, includes } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { records } from "../records/cache";
import { deleteRecord, toastProblem } from "../records/change";
import { BulkBar } from "./bulk/BulkBar";
import { chosenColumns, moveColumn, shownColumns } from "./columns";
import { EmptyCollection } from "./EmptyCollection";
import { Foot } from "./Foot";
import { Grid } from "./grid/Grid";
import { PhoneList } from "./grid/PhoneList";
import { keepColumns, keepWalk } from "./kept";
import { isNarrowed, toParams, writeColumns, type Column, type ListQuery } from "./query";
import { useRows } from "./rows/useRows";
import { nothingSelected, type Selection } from "./selection";
import { nextSort, ownSort } from "./sorting";
import { mainMoney, useSums } from "./total";
import { useArrivals } from "./useArrivals";
import { useNarrow } from "./useMedia";
import type { ChangeQuery } from "./useListQuery";

const t = texts({
    it: { none: "Nessun risultato", noneText: "Nessun record corrisponde ai filtri.", clear: "Togli i filtri", retry: "Riprova", failed: "L'elenco non si apre", arrived: { one: "{count} nuovo arrivo", other: "{count} nuovi arrivi" } },
    en: { none: "No results", noneText: "No record matches the filters.", clear: "Clear filters", retry: "Try again", failed: "The list can't be opened", arrived: { one: "{count} new", other: "{count} new" } },
});

interface Props {
    entity: EntityMeta;
    query: ListQuery;
    change: ChangeQuery;
    selection: Selection;
    onSelect: (selection: Selection) => void;
    /** Where the panel at the side asks for the next record. */
    step: MutableRefObject<(by: 1 | -1) => void>;
}

/** The list of an entity's records: the grid with its foot, and what floats over it. */
export function ListPage({ entity, query, change, selection, onSelect: setSelection, step }: Props) {
    const { memberId } = useSession();
    const { query: words } = usePlace();
    const openId = words.get("open");
    const narrow = useNarrow();
    const sort = query.sort.length ? query.sort : ownSort(entity);
    const chosen = useMemo(() => chosenColumns(entity, query.columns), [entity, query.columns]);
    const columns = useMemo(() => shownColumns(entity, chosen), [entity, chosen]);
    const params = useMemo(() => toParams({ ...query, sort }), [query, entity]);
    const include = useMemo(() => includes(entity, [...columns.map((one) => one.key)].sort()), [entity, columns]);
    const { source, isWaiting, isLate, round, reload } = useRows(entity, params, include);
    const { arrived, show } = useArrivals(entity, source, memberId, reload);
    const money = useMemo(() => mainMoney(entity), [entity]);
    const sums = useSums(entity, money, params, round, isWaiting);
    const asked = params.toString();
    const former = useRef(asked);
    useEffect(() => {
        if (former.current !== asked) setSelection(nothingSelected);
        former.current = asked;
    }, [asked, setSelection]);

    const setColumns = useCallback((next: Column[]) => {
        const text = writeColumns(next);
        keepColumns(entity.name, text);
        change({ columns: next });
    }, [entity, change]);
    const walk = () => keepWalk(entity.name, source.loaded().slice(0, 2000), here().address);
    const open = (id: string) => {
        walk();
        go(to(`${entity.path}/${id}`));
    };
    const openAside = (id: string | null) => {
        walk();
        setQuery({ open: id });
    };
    const remove = (id: string) => {
        const row = records.get(id);
        if (row && can(entity, "delete")) deleteRecord(entity, row, labelOf(row, entity)).catch(toastProblem);
    };
    step.current = (by) => {
        const at = openId ? source.indexOf(openId) : -1;
        const next = source.idAt(Math.max(0, at + by));
        if (next) openAside(next);
    };
    if (source.problem && source.total === null) {
        return <Empty title={t("failed")} action={<><Button onClick={() => source.retry()}>{t("retry")}</Button>{isNarrowed(query) && <Button look="plain" onClick={() => change({ filters: [], advanced: null, q: "", sort: [] }, true)}>{t("clear")}</Button>}</>}>{source.problem.message}</Empty>;
    }
    if (source.total === 0 && !isWaiting) {
        if (!isNarrowed(query)) return <EmptyCollection entity={entity} />;
        return <Empty icon={<Icon svg={search} size={28} />} title={t("none")} action={<Button onClick={() => change({ filters: [], advanced: null, q: "" }, true)}>{t("clear")}</Button>}>{t("noneText")}</Empty>;
    }
    const isSelectable = can(entity, "bulk") && (can(entity, "update") || can(entity, "delete"));
    const shared = { entity, source, isWaiting, isLate, columns, isSelectable, selection, onSelect: setSelection, onOpen: open };
    return (
        <section className="list">
            {arrived > 0 && <div className="list-arrived"><Button bar look="tinted" onClick={show}>{t("arrived", { count: arrived })}</Button></div>}
            {narrow ? <PhoneList {...shared} /> : <Grid
                {...shared}
                sort={sort}
                onSort={(key, add) => change({ sort: nextSort(sort, key, add) })}
                onMoveColumn={(from, to) => setColumns(moveColumn(chosen, from, to))}
                onResizeColumn={(key, width) => setColumns(chosen.map((one) => (one.key === key ? { ...one, width: width || null } : one)))}
                openId={openId}
                onOpenAside={openAside}
                onDelete={remove}
            />}
            <Foot entity={entity} total={source.total} money={money} sums={sums} />
            <BulkBar entity={entity} query={query} total={source.total ?? 0} selection={selection} onSelect={setSelection} onDone={reload} />
        </section>
    );
}
