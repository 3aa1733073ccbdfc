import { Link, to } from "../../../app/router";
import { labelOf } from "../../../kernel/meta/label";
import { useMeta } from "../../../kernel/meta/meta";
import type { Moment } from "../../../kernel/record/timeline/moment";
import { activityTexts as t } from "./texts";

/** A lead that became the customer on whose timeline it stands. */
export default function LeadMoment({ moment }: { moment: Moment }) {
    const entity = useMeta().entity("sales.lead");
    if (!entity) return null;
    return <p className="moment-sentence">{t("leadConverted")} <Link href={to(`${entity.path}/${moment.id}`)}>{moment.record ? labelOf(moment.record, entity) : moment.label}</Link></p>;
}
