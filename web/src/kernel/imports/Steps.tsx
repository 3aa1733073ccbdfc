import check from "bootstrap-icons/check2.svg";
import { Link } from "../../app/router";
import { Icon } from "../../design/Icon";
import { importTexts as t } from "./importTexts";

export const stepNames = ["file", "columns", "check", "run"] as const;
export type Step = (typeof stepNames)[number];

interface Props {
    now: Step;
    /** Steps that are behind, with a tick. */
    done: Step[];
    /** Where a step is open to be gone to. */
    open: Partial<Record<Step, string>>;
}

/** Where one is in the import, with ways back to what was chosen. */
export function Steps({ now, done, open }: Props) {
    return (
        <nav className="page-bar import-steps" aria-label={t("steps")}>
            <ol>
                {stepNames.map((name, index) => {
                    const isDone = done.includes(name) && name !== now;
                    const content = <>
                        <span className="import-step-mark" aria-hidden="true">{isDone ? <Icon svg={check} size={16} /> : index + 1}</span>
                        {t(name)}
                        {isDone && <span className="visually-hidden"> ({t("done")})</span>}
                    </>;
                    const href = name === now ? undefined : open[name];
                    return (
                        <li key={name} className={isDone ? "done" : undefined} aria-current={name === now ? "step" : undefined}>
                            {href ? <Link href={href}>{content}</Link> : <span>{content}</span>}
                        </li>
                    );
                })}
            </ol>
        </nav>
    );
}
