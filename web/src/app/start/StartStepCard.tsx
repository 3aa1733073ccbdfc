import { useId, type ReactNode } from "react";
import check from "bootstrap-icons/check2.svg";
import chevron from "bootstrap-icons/chevron-down.svg";
import { Icon } from "../../design/Icon";
import { texts } from "../language";

const t = texts({ it: { done: "fatto" }, en: { done: "done" } });

interface Props {
    title: string;
    text: string;
    number: number;
    isDone: boolean;
    isOpen: boolean;
    onTurn: () => void;
    children: ReactNode;
}

/** One of the first steps: its head opens and closes it. */
export function StartStepCard({ title, text, number, isDone, isOpen, onTurn, children }: Props) {
    const id = useId();
    return (
        <li className={["start-step", isDone && "done", isOpen && "open"].filter(Boolean).join(" ")}>
            <h3>
                <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={onTurn}>
                    <span className="start-mark" aria-hidden="true">{isDone ? <Icon svg={check} /> : number}</span>
                    <span className="grow">{title}{isDone && <span className="visually-hidden"> ({t("done")})</span>}</span>
                    <Icon svg={chevron} />
                </button>
            </h3>
            <div id={id} className="start-body" hidden={!isOpen}>
                {isOpen && <><p className="muted">{text}</p>{children}</>}
            </div>
        </li>
    );
}
