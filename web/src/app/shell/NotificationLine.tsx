import gear from "bootstrap-icons/gear.svg";
import upload from "bootstrap-icons/upload.svg";
import { Avatar } from "../../design/Badge";
import { Icon } from "../../design/Icon";
import { fullInstant, relative } from "../../kernel/format/format";
import { useMeta } from "../../kernel/meta/meta";
import { iconOf } from "../../plugins/all";
import { texts } from "../language";
import { Link, to } from "../router";
import type { Notification } from "./notifications";

const t = texts({ it: { unread: "Da leggere", read: "Segna come letta" }, en: { unread: "Unread", read: "Mark as read" } });

/** What is no entity of the metadata and has a page all the same. */
const places: Record<string, { path: string; icon: string } | undefined> = { "kernel.import": { path: "imports", icon: upload } };

/** One notification; following it marks it as read. */
export function NotificationLine({ one, onRead }: { one: Notification; onRead: () => void }) {
    const meta = useMeta();
    const entity = one.record ? meta.entity(one.record.type) : undefined;
    const place = entity ? { path: entity.path, icon: iconOf(entity.name) } : one.record ? places[one.record.type] : undefined;
    const content = (
        <>
            {one.actor ? <Avatar name={one.actor.name} large /> : <span className="notification-icon"><Icon svg={place?.icon ?? gear} /></span>}
            <span className="grow">
                <span className="notification-title">{one.title}</span>
                {entity && one.record && !one.title.includes(one.record.label) && <span className="muted notification-record"><Icon svg={iconOf(entity.name)} /><span className="truncate">{one.record.label}</span></span>}
            </span>
            <time className="muted small" dateTime={one.created_at} title={fullInstant(one.created_at)}>{relative(one.created_at)}</time>
        </>
    );
    return (
        <li className="notification" data-unread={!one.read_at || undefined} data-record-id={one.record?.id}>
            {place && one.record
                ? <Link className="notification-link" href={to(`${place.path}/${one.record.id}`)} onClick={onRead}>{content}</Link>
                : <div className="notification-link">{content}</div>}
            {one.read_at
                ? <span className="notification-mark" />
                : <button type="button" className="notification-mark" aria-label={`${t("read")}: ${one.title}`} title={t("read")} onClick={onRead}><span className="dot accent" /></button>}
        </li>
    );
}
