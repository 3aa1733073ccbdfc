import search from "bootstrap-icons/search.svg";
import { Icon } from "../../design/Icon";
import { texts } from "../language";
import { Link, to, usePlace } from "../router";
import { openCommandMenu } from "./CommandMenu";
import { useDestinations, type Destination } from "./destinations";
import { useUnread } from "./notifications";

const t = texts({
    it: { places: "Luoghi principali", search: "Cerca", unread: { one: "{count} da leggere", other: "{count} da leggere" } },
    en: { places: "Main places", search: "Search", unread: { one: "{count} unread", other: "{count} unread" } },
});

/** Of narrow screens: the four main places, and the search, within reach of a thumb. */
export function BottomBar() {
    const { parts } = usePlace();
    const unread = useUnread();
    return (
        <nav className="bottom-bar" aria-label={t("places")}>
            {mainPlaces(useDestinations()).map((place) => (
                <Link key={place.path} href={to(place.path)} aria-current={parts[0] === place.path ? "page" : undefined}>
                    <Icon svg={place.icon} size={18} />
                    <span className="truncate">{place.label}</span>
                    {place.path === "notifications" && !!unread && <span className="bottom-bar-dot"><span className="visually-hidden">{t("unread", { count: unread })}</span></span>}
                </Link>
            ))}
            <button type="button" onClick={openCommandMenu}>
                <Icon svg={search} size={18} />
                <span className="truncate">{t("search")}</span>
            </button>
        </nav>
    );
}

/** What one sells or does first, then whom one works with, and what is new. */
function mainPlaces(sections: { id: string; entries: Destination[] }[]): Destination[] {
    const [first, second] = sections.filter((section) => section.id !== "own" && section.id !== "organization");
    const own = sections.find((section) => section.id === "own")?.entries ?? [];
    const work = first?.entries ?? [];
    const chosen = [...work.slice(0, 1), ...work.slice(2, 3), ...(second?.entries.slice(0, 1) ?? []), ...own];
    const rest = sections.flatMap((section) => section.entries).filter((entry) => !chosen.includes(entry));
    return [...chosen, ...rest].slice(0, 4);
}
