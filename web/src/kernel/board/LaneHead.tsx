import plus from "bootstrap-icons/plus.svg";
import { Skeleton } from "../../design/Badge";
import { IconButton } from "../../design/Button";
import * as format from "../format/format";
import type { Column } from "./columns";
import { orderedSums, type Total } from "./totals";
import { t } from "./texts";

interface Props {
    column: Column;
    total: Total | undefined;
    /** Whether the server has told its totals yet. */
    isCounted: boolean;
    /** A card hangs over the column: the head shows what it would become. */
    isChanging: boolean;
    /** Whether the board adds up money: then its place is kept where a column has none. */
    hasMoney: boolean;
    onAdd: (() => void) | null;
}

/** The head of a column: what it is, how many, how much. */
export function LaneHead({ column, total, isCounted, isChanging, hasMoney, onAdd }: Props) {
    const sums = total ? orderedSums(total, format.organizationCurrency()) : [];
    const [first, ...others] = sums;
    const all = sums.map((one) => format.roundMoney(one.value, one.currency)).join(" · ");
    return (
        <header className={["lane-head", isChanging && "changing", hasMoney && "with-sum"].filter(Boolean).join(" ")}>
            <span className={`dot ${column.tone}`} aria-hidden="true" />
            <h2 className="truncate">{column.label}</h2>
            <span className="lane-count" data-total="count">{isCounted ? format.number(total?.count ?? 0) : <Skeleton width={28} />}</span>
            {onAdd && <IconButton className="lane-add" look="plain" bar icon={plus} label={t("add", { column: column.label })} shortcut="C" onClick={onAdd} />}
            {first ? (
                <span className="lane-sum" title={others.length ? all : undefined} data-total="sum">
                    {format.roundMoney(first.value, first.currency)}
                    {others.length > 0 && <span className="muted"> +{others.length}<span className="visually-hidden"> ({all})</span></span>}
                </span>
            ) : hasMoney && <span className="lane-sum-place" aria-hidden="true" />}
        </header>
    );
}
