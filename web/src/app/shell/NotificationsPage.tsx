import { useCallback, useEffect, useState } from "react";
import bell from "bootstrap-icons/bell.svg";
import check2All from "bootstrap-icons/check2-all.svg";
import { Empty, Skeleton } from "../../design/Badge";
import { Button } from "../../design/Button";
import { Icon } from "../../design/Icon";
import { api } from "../../kernel/api/client";
import { explain } from "../../kernel/api/problem";
import { longDate, today } from "../../kernel/format/format";
import { toastProblem } from "../../kernel/records/change";
import type { Page } from "../../kernel/records/types";
import { onChange, onReset } from "../../kernel/stream/stream";
import { texts } from "../language";
import { Link, to, usePlace } from "../router";
import { Bar, Header } from "./Header";
import { NotificationLine } from "./NotificationLine";
import { markRead, useUnread, type Notification } from "./notifications";

const t = texts({
    it: {
        title: "Notifiche", all: "Tutte", unread: "Da leggere", readAll: "Segna tutte come lette", more: "Mostra le precedenti", today: "Oggi", yesterday: "Ieri", views: "Quali notifiche",
        none: "Nessuna notifica", noneText: "Qui trovi quello che ti riguarda: record che ti vengono assegnati, lavori finiti, inviti accettati.",
        noneUnread: "Hai letto tutto", noneUnreadText: "Le notifiche nuove appaiono qui e nel menu, con il loro numero.", showAll: "Mostra tutte", news: { one: "Mostra {count} nuova", other: "Mostra {count} nuove" },
        failed: "Le notifiche non si possono leggere", retry: "Riprova",
    },
    en: {
        title: "Notifications", all: "All", unread: "Unread", readAll: "Mark all as read", more: "Show earlier ones", today: "Today", yesterday: "Yesterday", views: "Which notifications",
        none: "No notifications", noneText: "Here is what concerns you: records assigned to you, work that has finished, invitations accepted.",
        noneUnread: "You have read everything", noneUnreadText: "New notifications appear here and in the menu, with their number.", showAll: "Show all", news: { one: "Show {count} new one", other: "Show {count} new ones" },
        failed: "The notifications can't be read", retry: "Try again",
    },
});

/** What the person should know, by day, the latest first. */
export default function NotificationsPage() {
    const { query } = usePlace();
    const onlyUnread = query.get("read") === "false";
    const unread = useUnread();
    const [items, setItems] = useState<Notification[] | null>(null);
    const [next, setNext] = useState<string | null>(null);
    const [news, setNews] = useState(0);
    const [problem, setProblem] = useState<string | null>(null);
    const load = useCallback(async (cursor?: string) => {
        try {
            const page = await api.get<Page<Notification>>("/notifications", { limit: 50, cursor, read: onlyUnread ? false : undefined });
            setItems((before) => (cursor ? [...(before ?? []), ...page.data] : page.data));
            setNext(page.page.next);
            setProblem(null);
            if (!cursor) setNews(0);
        } catch (error) {
            setProblem(explain(error));
        }
    }, [onlyUnread]);
    useEffect(() => {
        setItems(null);
        void load();
        const endChange = onChange((change) => change.event === "notification" && setNews((count) => count + 1));
        const endReset = onReset(() => void load());
        return () => {
            endChange();
            endReset();
        };
    }, [load]);
    const read = (ids: string[] | "all") => {
        const before = items;
        const now = new Date().toISOString();
        setItems((all) => all?.map((one) => (one.read_at || (ids !== "all" && !ids.includes(one.id)) ? one : { ...one, read_at: now })) ?? null);
        markRead(ids).catch((error: unknown) => {
            setItems(before);
            toastProblem(error);
        });
    };
    return (
        <>
            <Header title={t("title")} actions={<Button icon={check2All} disabled={!unread} onClick={() => read("all")}>{t("readAll")}</Button>} />
            <Bar label={t("views")}>
                <Link className="button plain bar" href={to("notifications")} aria-current={onlyUnread ? undefined : "page"}>{t("all")}</Link>
                <Link className="button plain bar" href={to("notifications", { read: "false" })} aria-current={onlyUnread ? "page" : undefined}>{t("unread")}</Link>
                <span className="grow" />
                <span role="status">{news > 0 && <Button bar look="tinted" onClick={() => void load()}>{t("news", { count: news })}</Button>}</span>
            </Bar>
            <div className="page notifications" aria-busy={!items && !problem}>
                {problem && !items && <Empty title={t("failed")} action={<Button onClick={() => void load()}>{t("retry")}</Button>}>{problem}</Empty>}
                {!items && !problem && [0, 1, 2, 3, 4, 5].map((one) => <div key={one} className="notification"><Skeleton height={16} /></div>)}
                {items?.length === 0 && (onlyUnread
                    ? <Empty icon={<Icon svg={check2All} size={24} />} title={t("noneUnread")} action={<Link className="button" href={to("notifications")}>{t("showAll")}</Link>}>{t("noneUnreadText")}</Empty>
                    : <Empty icon={<Icon svg={bell} size={24} />} title={t("none")}>{t("noneText")}</Empty>)}
                {items && byDay(items).map(([day, all]) => (
                    <section key={day} aria-labelledby={`day-${day}`}>
                        <h2 id={`day-${day}`} className="notification-day">{dayName(day)}</h2>
                        <ul>{all.map((one) => <NotificationLine key={one.id} one={one} onRead={() => !one.read_at && read([one.id])} />)}</ul>
                    </section>
                ))}
                {next && <Button look="plain" onClick={() => void load(next)}>{t("more")}</Button>}
            </div>
        </>
    );
}

function byDay(items: Notification[]): [string, Notification[]][] {
    const days = new Map<string, Notification[]>();
    for (const one of items) {
        const day = localDay(one.created_at);
        days.set(day, [...(days.get(day) ?? []), one]);
    }
    return [...days];
}

const localDay = (instant: string) => new Date(instant).toLocaleDateString("sv-SE");

function dayName(day: string): string {
    const yesterday = localDay(new Date(new Date(`${today()}T12:00:00`).getTime() - 86_400_000).toISOString());
    return day === today() ? t("today") : day === yesterday ? t("yesterday") : longDate(day);
}
