import { to } from "../../../app/router";

/** The address of the list that shows the rows behind a number. */
export function rows(path: string, filter: string): string {
    const words = new URLSearchParams(filter);
    words.set("view", "list");
    return to(path, words);
}
