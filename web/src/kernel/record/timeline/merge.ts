/** What was read of one source, newest first; `next` leads on, null at its end. */
export interface Stretch<Item> {
    items: Item[];
    next: string | null;
}

/**
 * Several sources in one order, newest first, only as far back as all of them have been read: what is shown never has something put in between later.
 */
export function merged<Item extends { at: string }>(stretches: Stretch<Item>[]): Item[] {
    const horizon = stretches.reduce((latest, one) => {
        const oldest = one.items[one.items.length - 1]?.at;
        return one.next !== null && oldest !== undefined && oldest > latest ? oldest : latest;
    }, "");
    return stretches.flatMap((one) => one.items.filter((item) => item.at >= horizon)).sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0));
}

/** Which sources to read on so that more can be shown: those that end at the horizon. */
export function furthestBehind<Item extends { at: string }>(stretches: Stretch<Item>[]): number[] {
    const open = stretches.map((one, index) => ({ index, at: one.items[one.items.length - 1]?.at ?? "", open: one.next !== null })).filter((one) => one.open);
    const horizon = open.reduce((latest, one) => (one.at > latest ? one.at : latest), "");
    return open.filter((one) => one.at === horizon).map((one) => one.index);
}
