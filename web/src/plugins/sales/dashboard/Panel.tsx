import { useId, type ReactNode } from "react";
import arrow from "bootstrap-icons/download.svg";
import { Button } from "../../../design/Button";
import { download, type Cell } from "./csv";
import { t } from "./texts";

interface Props {
    title: string;
    note?: string;
    /** The table behind the picture: its head and its rows; the file and the screen reader get it. */
    table: { head: string[]; rows: Cell[][] } | null;
    /** Between the title and the file. */
    tools?: ReactNode;
    /** The table is read out beside the picture, where the picture says nothing to a screen reader. */
    isRead?: boolean;
    children: ReactNode;
}

/** One part of the dashboard: its title, what it shows, and its numbers as a file. */
export function Panel({ title, note, table, tools, isRead, children }: Props) {
    const id = useId();
    return (
        <section className="panel" aria-labelledby={id}>
            <header className="panel-head">
                <h2 id={id}>{title}</h2>
                {note && <span className="muted small truncate panel-note">{note}</span>}
                <span className="grow" />
                {tools}
                {table && table.rows.length > 0 && <Button bar look="plain" icon={arrow} className="panel-csv" aria-label={t("csvOf", { part: title })} onClick={() => download(title, [table.head, ...table.rows])}>{t("csv")}</Button>}
            </header>
            {children}
            {isRead && table && (
                <div className="visually-hidden"><table>
                    <caption>{t("table", { part: title })}</caption>
                    <thead><tr>{table.head.map((one) => <th key={one} scope="col">{one}</th>)}</tr></thead>
                    <tbody>{table.rows.map((row, at) => <tr key={at}>{row.map((one, index) => (index === 0 ? <th key={index} scope="row">{one}</th> : <td key={index}>{one}</td>))}</tr>)}</tbody>
                </table></div>
            )}
        </section>
    );
}
