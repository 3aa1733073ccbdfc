import { memo, type MouseEvent } from "react";
import hourglass from "bootstrap-icons/hourglass-split.svg";
import three from "bootstrap-icons/three-dots.svg";
import { Link, setQuery, to } from "../../app/router";
import { Avatar, Badge } from "../../design/Badge";
import { IconButton } from "../../design/Button";
import { Icon } from "../../design/Icon";
import { useMeta } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { useCached } from "../records/useRecord";
import type { Row } from "../records/types";
import { cardFace } from "./cardFace";
import { t } from "./texts";

/** A card's height, and that with the space to the next: fixed, so that a column of thousands is as light as one of ten. */
export const cardHeight = 90;
export const cardPitch = 98;

/** What stands on a card: a title, one line, one foot. */
export function CardBody({ entity, fields, row }: { entity: EntityMeta; fields: string[]; row: Row }) {
    const face = cardFace(entity, fields, row, useMeta());
    return (
        <>
            <span className="card-title truncate">{face.title}</span>
            <span className="card-line truncate">{face.line}</span>
            <span className="card-foot">
                <span className="card-amount">{face.amount}</span>
                {face.rotting && (
                    <Badge tone="warning" icon={<Icon svg={hourglass} size={11} />}>
                        <span className="visually-hidden">{t("still", { span: face.rotting })}</span>
                        <span aria-hidden="true">{face.rotting}</span>
                    </Badge>
                )}
                {face.facts.map((fact) => <span key={fact.key} className="card-fact" title={fact.label}><span className="visually-hidden">{fact.label}: </span>{fact.text}</span>)}
                {face.person && <><Avatar name={face.person} /><span className="visually-hidden">{face.person}</span></>}
            </span>
        </>
    );
}

interface Props {
    entity: EntityMeta;
    fields: string[];
    id: string;
    index: number;
    count: number;
    isTabStop: boolean;
    isDragged: boolean;
    isOpen: boolean;
    canMove: boolean;
    onMenu: (id: string, anchor: HTMLElement) => void;
}

/** A record on the board. A press opens it, with Ctrl or ⌘ at the side. */
export const Card = memo(function Card({ entity, fields, id, index, count, isTabStop, isDragged, isOpen, canMove, onMenu }: Props) {
    const row = useCached(id);
    if (!row) return null;
    const title = cardFace(entity, [], row).title;
    const open = (event: MouseEvent) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        setQuery({ open: id }, false);
    };
    return (
        <li className="card-slot" aria-posinset={index + 1} aria-setsize={count} style={{ transform: `translateY(${index * cardPitch}px)` }}>
            <Link
                className={["card", isDragged && "dragged", isOpen && "opened"].filter(Boolean).join(" ")}
                aria-current={isOpen || undefined}
                href={to(`${entity.path}/${id}`)}
                data-record-id={id}
                tabIndex={isTabStop ? 0 : -1}
                aria-describedby="board-ways"
                draggable={false}
                onDragStart={(event) => event.preventDefault()}
                onClick={open}
            >
                <CardBody entity={entity} fields={fields} row={row} />
            </Link>
            {canMove && <IconButton className="card-more" look="plain" bar icon={three} label={t("move", { name: title })} shortcut="M" tabIndex={-1} onClick={(event) => onMenu(id, event.currentTarget)} />}
        </li>
    );
});
