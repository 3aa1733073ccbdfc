import { Kbd } from "../../../design/Button";
import { Icon } from "../../../design/Icon";
import { Keys } from "../Shortcuts";
import { marked } from "./match";
import type { Command } from "./types";

interface Props {
    id: string;
    command: Command;
    query: string;
    isActive: boolean;
    onPoint: () => void;
    onRun: (aside: boolean) => void;
}

/** One line of the command menu: what it is, what was found in it, what tells it from others. */
export function CommandLine({ id, command, query, isActive, onPoint, onRun }: Props) {
    return (
        <div
            id={id}
            role="option"
            aria-selected={isActive}
            className="command-line"
            data-active={isActive}
            // Movement only: a list that scrolls under a resting pointer chooses nothing.
            onMouseMove={isActive ? undefined : onPoint}
            onMouseDown={(event) => event.preventDefault()}
            onClick={(event) => onRun(event.ctrlKey || event.metaKey)}
        >
            <Icon svg={command.icon} />
            <span className="grow truncate">
                {marked(query, command.label).map((piece, index) => (piece.isMatch ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>))}
            </span>
            {command.aside && <span className="command-aside truncate">{command.aside}</span>}
            {command.keys ? <Keys keys={command.keys} /> : isActive && <Kbd>↵</Kbd>}
        </div>
    );
}
