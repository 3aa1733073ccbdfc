import bell from "bootstrap-icons/bell.svg";
import { Icon } from "../../design/Icon";
import { texts } from "../language";
import { Link, to, usePlace } from "../router";

const t = texts({ it: { notifications: "Notifiche" }, en: { notifications: "Notifications" } });

/** The way to the notifications, with how many are unread. */
export function NotificationsLink() {
    const { parts } = usePlace();
    return (
        <li>
            <Link className="nav-item" href={to("notifications")} aria-current={parts[0] === "notifications" ? "page" : undefined}>
                <Icon svg={bell} />
                <span className="grow truncate">{t("notifications")}</span>
            </Link>
        </li>
    );
}
