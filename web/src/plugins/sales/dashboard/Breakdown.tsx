import { Link } from "../../../app/router";
import * as format from "../../../kernel/format/format";
import type { Counted } from "./answer";
import { compare } from "./compare";
import { Panel } from "./Panel";
import { rows } from "./rows";
import { t } from "./texts";

interface Props {
    title: string;
    /** What the first column is called. */
    head: string;
    all: { name: string; one: Counted }[];
    path: string;
    than: string;
}

/** How many of each kind, with the comparison to the period before. */
export function Breakdown({ title, head, all, path, than }: Props) {
    const most = Math.max(1, ...all.map(({ one }) => one.count));
    const table = { head: [head, t("number"), t("before")], rows: all.map(({ name, one }) => [name, one.count, one.previous]) };
    const isEmpty = all.every(({ one }) => one.count === 0);
    return (
        <Panel title={title} table={isEmpty ? null : table}>
            {isEmpty ? <p className="muted">{t("nothing")}</p> : (
                <ol className="ranking">
                    {all.map(({ name, one }) => {
                        const comparison = one.previous === null ? null : compare(one.count, one.previous, "share", than);
                        return (
                            <li key={name}>
                                <Link className="ranked" href={rows(path, one.filter)} title={comparison ? `${name}: ${comparison.text}` : undefined}>
                                    <span className="truncate">{name}</span>
                                    <span className="ranked-bar" aria-hidden="true">{one.count > 0 && <span style={{ width: `${(100 * one.count) / most}%` }} />}</span>
                                    <strong className="number">{format.number(one.count)}</strong>
                                </Link>
                            </li>
                        );
                    })}
                </ol>
            )}
        </Panel>
    );
}
