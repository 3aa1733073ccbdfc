import { useEffect, useRef, type KeyboardEvent } from "react";

/** One step of a path. */
export interface Step {
    key: string;
    label: string;
    /** The time spent there: «12 g». */
    aside?: string;
    state: "done" | "current" | "open";
    /** Why one can't go there; null where one can. */
    blocked?: string | null;
}

/** The stages of a record as chevrons: where it is, where it has been and for how long; a press moves it. */
export function Path({ label, steps, onChoose }: { label: string; steps: Step[]; onChoose?: (key: string) => void }) {
    const list = useRef<HTMLOListElement>(null);
    const current = steps.find((step) => step.state === "current")?.key;
    const widths = steps.map((step) => step.aside ?? "").join();
    useEffect(() => {
        const box = list.current;
        const at = box?.querySelector<HTMLElement>('[aria-current="step"]');
        if (box && at) box.scrollLeft += at.getBoundingClientRect().left - box.getBoundingClientRect().left - (box.clientWidth - at.offsetWidth) / 2;
    }, [current, widths]);
    const move = (event: KeyboardEvent) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!by) return;
        event.preventDefault();
        const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
        buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + by]?.focus();
    };
    return (
        <ol className="path" aria-label={label} ref={list} onKeyDown={move}>
            {steps.map((step) => (
                <li key={step.key} className={step.state}>
                    <button
                        type="button"
                        data-step={step.key}
                        aria-current={step.state === "current" ? "step" : undefined}
                        aria-disabled={(!onChoose || !!step.blocked) && step.state !== "current" ? true : undefined}
                        title={step.blocked ?? step.label}
                        onClick={() => step.state !== "current" && !step.blocked && onChoose?.(step.key)}
                    >
                        <span className="truncate">{step.label}</span>
                        {step.aside && <span className="path-aside">{step.aside}</span>}
                    </button>
                </li>
            ))}
        </ol>
    );
}

/** In a path's shape. */
export const PathSkeleton = () => <div className="path-waiting skeleton" aria-hidden="true" />;
