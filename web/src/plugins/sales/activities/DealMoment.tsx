import { Link, to } from "../../../app/router";
import { Dot } from "../../../design/Badge";
import { stageTone } from "../../../kernel/fields/FieldValue";
import * as format from "../../../kernel/format/format";
import { labelOf } from "../../../kernel/meta/label";
import { useMeta } from "../../../kernel/meta/meta";
import { useNamed } from "../../../kernel/record/named";
import type { Moment } from "../../../kernel/record/timeline/moment";
import { activityTexts as t } from "./texts";

/** A deal on its customer's timeline: opened, or closed with what came of it. */
export default function DealMoment({ moment }: { moment: Moment }) {
    const meta = useMeta();
    const entity = meta.entity("sales.opportunity");
    const row = moment.record;
    const stage = useNamed("sales.stage", typeof row?.["stage_id"] === "string" ? row["stage_id"] : null);
    const owner = useNamed("kernel.member", typeof row?.["owner_id"] === "string" ? row["owner_id"] : null);
    if (!row || !entity) return null;
    const link = <Link href={to(`${entity.path}/${row.id}`)}>{labelOf(row, entity)}</Link>;
    const amount = typeof row["amount"] === "number" ? ` · ${format.money(row["amount"], String(row["amount_currency"] ?? ""))}` : "";
    if (moment.kind === "closed" && stage) return <p className="moment-sentence"><Dot tone={stageTone(stage)}>{t("dealClosed", { stage: String(stage["name"]) })}</Dot> {link}{amount}</p>;
    const name = moment.by?.name ?? (typeof owner?.["name"] === "string" ? owner["name"] : t("someone"));
    return <p className="moment-sentence"><strong>{name}</strong> {t("dealOpened")} {link}{amount}</p>;
}
