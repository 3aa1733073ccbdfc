import { toast } from "../../design/Toast";
import { explain } from "../api/problem";
import { designTexts } from "../../design/texts";

interface Step {
    text: string;
    undo: () => Promise<void>;
    close: () => void;
}

let last: Step | null = null;

/** Tells that something was done and offers for ten seconds to take it back; Ctrl+Z does the same. */
export function offerUndo(text: string, undo: () => Promise<void>) {
    const step: Step = { text, undo, close: () => undefined };
    step.close = toast({
        text,
        action: { label: designTexts("undo"), run: () => run(step) },
        onClose: () => {
            if (last === step) last = null;
        },
    });
    last = step;
}

function run(step: Step) {
    step.close();
    if (last === step) last = null;
    step.undo().catch((error: unknown) => toast({ text: explain(error), kind: "danger" }));
}

/** Takes back what was done last, when it is still offered. */
export function undoLast(): boolean {
    if (!last) return false;
    run(last);
    return true;
}
