import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from "react";

/** Where the page is: `/o/<slug>/<…parts>` and the query. */
export interface Place {
    slug: string;
    parts: string[];
    query: URLSearchParams;
    /** The whole address without the host. */
    address: string;
}

const listeners = new Set<() => void>();
let place = read();

function read(): Place {
    const [, , slug, ...parts] = window.location.pathname.split("/").map(decodeURIComponent);
    return {
        slug: slug ?? "",
        parts: parts.filter(Boolean),
        query: new URLSearchParams(window.location.search),
        address: window.location.pathname + window.location.search,
    };
}

function changed() {
    place = read();
    listeners.forEach((listener) => listener());
}

window.addEventListener("popstate", changed);

export const here = (): Place => place;

export function usePlace(): Place {
    return useSyncExternalStore((listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
    }, here);
}

/** The words of a query as people can read them: brackets and commas need no escaping there. */
export const readable = (query: URLSearchParams): string => query.toString().replace(/%(2C|5B|5D|7E|3A)/g, (code) => decodeURIComponent(code));

/** An address inside the organization: `to("opportunities", id)`, with a query if given. */
export function to(path: string, query?: URLSearchParams | Record<string, string>): string {
    const words = readable(new URLSearchParams(query ?? {}));
    const tail = path.split("/").filter(Boolean).map(encodeURIComponent).join("/");
    return `/o/${encodeURIComponent(place.slug)}${tail ? `/${tail}` : ""}${words ? `?${words}` : ""}`;
}

/** Goes to an address; `replace` leaves no step to come back to. */
export function go(address: string, replace = false) {
    if (address === place.address) return;
    window.history[replace ? "replaceState" : "pushState"](null, "", address);
    changed();
}

/** Changes the query of the place where we are: null takes a word out. */
export function setQuery(words: Record<string, string | null>, replace = true) {
    const query = new URLSearchParams(place.query);
    for (const [name, value] of Object.entries(words)) {
        if (value === null || value === "") query.delete(name);
        else query.set(name, value);
    }
    const text = readable(query);
    go(window.location.pathname + (text ? `?${text}` : ""), replace);
}

/** A link inside the client; with Ctrl, ⌘ or the middle button the browser opens it as it does any. */
export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
    const follow = (event: MouseEvent<HTMLAnchorElement>) => {
        onClick?.(event);
        if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(href);
    };
    return <a href={href} onClick={follow} {...rest} />;
}
