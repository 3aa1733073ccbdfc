import { lazy, Suspense, type ComponentType } from "react";
import back from "bootstrap-icons/arrow-counterclockwise.svg";
import arrow from "bootstrap-icons/arrow-right.svg";
import pencil from "bootstrap-icons/pencil.svg";
import plus from "bootstrap-icons/plus-lg.svg";
import trash from "bootstrap-icons/trash3.svg";
import { Link, to } from "../../../app/router";
import { useSession } from "../../../app/session";
import { Button } from "../../../design/Button";
import { Skeleton } from "../../../design/Badge";
import { Icon } from "../../../design/Icon";
import { iconOf, momentView } from "../../../plugins/all";
import type { MomentView } from "../../../plugins/plugin";
import { lowered } from "../../create/texts";
import * as format from "../../format/format";
import { labelOf } from "../../meta/label";
import { useMeta } from "../../meta/meta";
import type { EntityMeta } from "../../meta/types";
import { newAbout } from "../../records/keptEdits";
import { useKeptEdits } from "../../records/outbox";
import type { Row } from "../../records/types";
import { changeAside, ChangeMoment, isStateChange } from "./ChangeMoment";
import { gathered } from "./gather";
import { momentKey, waiting, type Moment } from "./moment";
import { timelineTexts as t } from "./texts";
import { useTimeline } from "./useTimeline";

/** Everything that happened around a record, newest first. */
export function Timeline({ entity, id }: { entity: EntityMeta; id: string }) {
    return <><Waiting entity={entity} id={id} /><Happened entity={entity} id={id} /></>;
}

/** What was written down here without a connection, until the server has it. */
function Waiting({ entity, id }: { entity: EntityMeta; id: string }) {
    const { profile } = useSession();
    const edits = newAbout(useKeptEdits(), id);
    if (!edits.length) return null;
    const by = { kind: "user", id: profile.user.id, name: profile.user.name };
    return (
        <ol className="timeline waiting" aria-label={t("waiting")}>
            {edits.map((edit) => {
                const moment = { at: edit.at, type: edit.entity, id: edit.id, label: edit.label, kind: waiting, by, record: { ...edit.before, ...edit.set } as Row };
                return <Entry key={edit.id} entity={entity} moment={moment} />;
            })}
        </ol>
    );
}

function Happened({ entity, id }: { entity: EntityMeta; id: string }) {
    const { moments, problem, hasMore, isReading, more, again } = useTimeline(entity, id);
    if (problem && !moments) return <p className="muted">{t("stopped")} <button type="button" className="link-button" onClick={again}>{t("retry")}</button></p>;
    if (!moments) return <TimelineSkeleton />;
    if (!moments.length) return <div className="timeline-empty"><h3>{t("nothing")}</h3><p className="muted">{t("nothingText")}</p></div>;
    return (
        <>
            <ol className="timeline">
                {gathered(moments, (change) => isStateChange(entity, { key: change.field })).map((moment) => <Entry key={momentKey(moment)} entity={entity} moment={moment} />)}
            </ol>
            {hasMore && <Button look="plain" busy={isReading} onClick={() => void more()}>{t("more")}</Button>}
        </>
    );
}

function Entry({ entity, moment }: { entity: EntityMeta; moment: Moment }) {
    const aside = moment.kind === waiting ? [t("waiting")] : moment.changes ? changeAside(moment.by, moment.changes) : [];
    return (
        <li className="moment" data-moment={moment.kind}>
            <span className="moment-icon"><Icon svg={iconFor(entity, moment)} /></span>
            <div className="moment-body">
                {moment.changes ? <ChangeMoment entity={entity} action={moment.kind} by={moment.by} changes={moment.changes} /> : <OtherMoment moment={moment} />}
                <p className="moment-time"><time dateTime={moment.at} title={format.fullInstant(moment.at)}>{format.instant(moment.at)}</time>{aside.map((one) => ` · ${one}`)}</p>
            </div>
        </li>
    );
}

function iconFor(entity: EntityMeta, moment: Moment): string {
    if (!moment.changes) return (moment.record && momentView(moment.type)?.icon(moment.record, moment.kind)) || iconOf(moment.type);
    if (moment.kind === "created") return plus;
    if (moment.kind === "deleted") return trash;
    if (moment.kind === "restored") return back;
    return moment.changes.some((one) => isStateChange(entity, { key: one.field })) ? arrow : pencil;
}

const loaded = new Map<MomentView, ComponentType<{ moment: Moment }>>();

/** A record that refers to this one, in the words of its plugin, else by its name. */
function OtherMoment({ moment }: { moment: Moment }) {
    const meta = useMeta();
    const view = momentView(moment.type);
    const entity = meta.entity(moment.type);
    if (!view) {
        const label = moment.record ? labelOf(moment.record, entity) : moment.label ?? "";
        return <p className="moment-sentence">{moment.by?.name && <><strong>{moment.by.name}</strong> {t("madeOther")} </>}{entity ? <Link href={to(`${entity.path}/${moment.id}`)}>{label}</Link> : label}{entity && <span className="muted"> · {lowered(entity.label.one)}</span>}</p>;
    }
    const Screen = loaded.get(view) ?? lazy(view.load);
    loaded.set(view, Screen);
    return <Suspense fallback={<Skeleton width={240} />}><Screen moment={moment} /></Suspense>;
}

function TimelineSkeleton() {
    return (
        <ol className="timeline" aria-busy="true" aria-label={t("loading")}>
            {[280, 340, 220].map((width) => (
                <li className="moment" key={width}>
                    <span className="moment-icon" />
                    <div className="moment-body"><Skeleton width={width} /><br /><Skeleton width={110} height={10} /></div>
                </li>
            ))}
        </ol>
    );
}
