import { memo, useEffect, useLayoutEffect, useRef, useState } from "react";
import plus from "bootstrap-icons/plus-lg.svg";
import { Button } from "../../design/Button";
import { Skeleton } from "../../design/Badge";
import { field } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import type { Lane as LaneState } from "./lanes";
import type { Column } from "./columns";
import type { Total } from "./totals";
import { Card, cardPitch } from "./Card";
import { LaneHead } from "./LaneHead";
import { t } from "./texts";

/** The card that is to be seen and focused; `round` tells one wish from the next. */
export interface Reveal {
    id: string;
    round: number;
}

interface Props {
    entity: EntityMeta;
    fields: string[];
    column: Column;
    lane: LaneState;
    total: Total | undefined;
    isCounted: boolean;
    /** The card that Tab reaches, if it is one of this column's. */
    tabStop: string | null;
    reveal: Reveal | null;
    /** The card whose record is open at the side. */
    opened: string | null;
    dragged: string | null;
    /** Where the dragged card would stand; behind what is here: null; not over this column: undefined. */
    landing: number | null | undefined;
    isBarred: boolean;
    canMove: boolean;
    isNarrowed: boolean;
    onMore: (key: string) => void;
    onAdd: ((column: Column) => void) | null;
    onMenu: (id: string, anchor: HTMLElement) => void;
}

const around = 6;

/** A column: its head, and the cards that are in sight of all that are here. */
export const Lane = memo(function Lane(props: Props) {
    const { entity, fields, column, lane, tabStop, reveal, dragged, landing, canMove, onMore, onAdd, onMenu } = props;
    const scroller = useRef<HTMLDivElement>(null);
    const [first, setFirst] = useState(0);
    const [room, setRoom] = useState(12);
    const [isNear, setNear] = useState(false);
    const before = useRef(lane.ids);
    const revealed = useRef(0);
    const last = Math.min(lane.ids.length, first + room + 2 * around);

    useEffect(() => {
        const element = scroller.current;
        if (!element) return;
        const near = new IntersectionObserver((seen) => setNear(seen.some((one) => one.isIntersecting)), { rootMargin: "0px 400px" });
        const size = new ResizeObserver(() => setRoom(Math.ceil(element.clientHeight / cardPitch) + 1));
        near.observe(element);
        size.observe(element);
        return () => {
            near.disconnect();
            size.disconnect();
        };
    }, []);
    useEffect(() => {
        if (!isNear || lane.state === "loading" || lane.state === "failed") return;
        if (lane.state === "waiting" || (lane.next && last > lane.ids.length - 10)) onMore(column.key);
    }, [isNear, lane, last, column.key, onMore]);

    // What is in sight stays where it is when cards come or go above it.
    useLayoutEffect(() => {
        const element = scroller.current;
        const former = before.current;
        before.current = lane.ids;
        if (!element || former === lane.ids || !former.length) return;
        if (element.scrollTop === 0 && !element.matches(":hover")) return;
        const hovered = element.querySelector<HTMLElement>(".card-slot:hover [data-record-id]")?.dataset["recordId"];
        const anchor = [hovered, ...former.slice(Math.floor(element.scrollTop / cardPitch))].find((id) => id !== undefined && lane.ids.includes(id));
        if (anchor) element.scrollTop += (lane.ids.indexOf(anchor) - former.indexOf(anchor)) * cardPitch;
    }, [lane.ids]);
    useLayoutEffect(() => {
        const element = scroller.current;
        const index = reveal ? lane.ids.indexOf(reveal.id) : -1;
        if (!element || !reveal || index < 0 || revealed.current === reveal.round) return;
        revealed.current = reveal.round;
        const top = index * cardPitch;
        if (top < element.scrollTop) element.scrollTop = top;
        else if (top + cardPitch > element.scrollTop + element.clientHeight) element.scrollTop = top + cardPitch - element.clientHeight;
        const card = element.querySelector<HTMLElement>(`[data-record-id="${CSS.escape(reveal.id)}"]`);
        card?.scrollIntoView({ block: "nearest", inline: "nearest" });
        card?.focus({ preventScroll: true });
    });

    const scrolled = () => {
        const top = scroller.current?.scrollTop ?? 0;
        setFirst(Math.max(0, Math.floor(top / cardPitch / 3) * 3 - around));
    };
    const kept = [tabStop, reveal?.id, dragged].filter((id): id is string => !!id && lane.ids.includes(id));
    const shown = [...new Set([...lane.ids.slice(first, last), ...kept])];
    // A column that is far aside waits quietly; the next page is shown as coming only where its place is in sight.
    const isAtEnd = last >= lane.ids.length;
    const awaited = lane.state === "waiting" || (lane.state === "loading" && !lane.ids.length) ? (isNear ? 5 : 0) : lane.next && isAtEnd ? 2 : 0;
    const count = props.total?.count ?? lane.ids.length;
    const names = ["lane", landing !== undefined && !props.isBarred && "over", props.isBarred && "barred"].filter(Boolean).join(" ");
    return (
        <section className={names} data-column={column.key} aria-label={`${column.label}, ${t("cards", { count })}`}>
            <LaneHead column={column} total={props.total} isCounted={props.isCounted} hasMoney={fields.some((key) => field(entity, key)?.kind === "money")} isChanging={landing !== undefined && !props.isBarred} onAdd={onAdd && !props.isBarred ? () => onAdd(column) : null} />
            <div className="lane-scroll" ref={scroller} onScroll={scrolled}>
                {landing !== undefined && !props.isBarred && <Landing top={Math.max(0, (landing ?? lane.ids.length) * cardPitch - 5)} />}
                <ul className="lane-cards" role="list" style={{ height: (lane.ids.length + awaited) * cardPitch }} aria-busy={lane.state === "loading" && isAtEnd}>
                    {shown.map((id) => (
                        <Card key={id} entity={entity} fields={fields} id={id} index={lane.ids.indexOf(id)} count={count} isTabStop={id === tabStop} isDragged={id === dragged} isOpen={id === props.opened} canMove={canMove} onMenu={onMenu} />
                    ))}
                    {Array.from({ length: awaited }, (_, at) => (
                        <li key={`awaited-${at}`} className="card-slot" aria-hidden="true" style={{ transform: `translateY(${(lane.ids.length + at) * cardPitch}px)` }}><CardSkeleton /></li>
                    ))}
                </ul>
                {lane.state === "failed" && <div className="lane-note"><p className="muted">{t("failed")}</p><Button bar onClick={() => onMore(column.key)}>{t("retry")}</Button></div>}
                {lane.state === "ready" && !lane.ids.length && landing === undefined && (
                    <div className="lane-note">
                        <p className="muted">{t(props.isNarrowed ? "emptyFiltered" : onAdd ? "empty" : canMove ? "emptyDrag" : "emptyStill")}</p>
                        {onAdd && !props.isNarrowed && <Button bar look="plain" icon={plus} onClick={() => onAdd(column)}>{t("create")}</Button>}
                    </div>
                )}
            </div>
        </section>
    );
});

/** The line where the card would stand; beyond what is in sight it keeps to the edge. */
const Landing = ({ top }: { top: number }) => <div className="landing" style={{ marginTop: top, marginBottom: -top - 3 }} />;

/** In a card's shape. */
export const CardSkeleton = () => <div className="card waiting"><Skeleton width="62%" /><Skeleton width="40%" /><Skeleton width="28%" /></div>;
