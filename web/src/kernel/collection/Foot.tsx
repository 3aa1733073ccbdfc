import { texts } from "../../app/language";
import * as format from "../format/format";
import type { EntityMeta, FieldMeta } from "../meta/types";
import type { Sum } from "./total";
import { countLabel } from "./words";

const t = texts({ it: { total: "{label}, totale", more: "e {count} altre valute" }, en: { total: "{label}, total", more: "and {count} more currencies" } });

interface Props {
    entity: EntityMeta;
    total: number | null;
    money: FieldMeta | undefined;
    sums: Sum[] | null;
}

/** The foot of a list: how many there are, and what they add up to. */
export function Foot({ entity, total, money, sums }: Props) {
    const [first, ...rest] = sums ?? [];
    return (
        <footer className="list-foot">
            <span className="muted" role="status" data-total={total ?? undefined}>{total === null ? " " : countLabel(entity, total)}</span>
            {money && first && (
                <span className={rest.length ? "muted foot-sums" : "muted"} title={sums?.map((one) => format.money(one.minor, one.currency)).join("\n")}>
                    <span className="foot-label">{t("total", { label: money.label })}</span> <strong>{format.roundMoney(first.minor, first.currency)}</strong>
                    {rest.length === 1 && rest[0] && <> + <strong>{format.roundMoney(rest[0].minor, rest[0].currency)}</strong></>}
                    {rest.length > 1 && <> {t("more", { count: rest.length })}</>}
                </span>
            )}
        </footer>
    );
}
