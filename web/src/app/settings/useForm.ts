import { useEffect, useRef, useState } from "react";
import { explain, Problem } from "../../kernel/api/problem";
import { toast } from "../../design/Toast";
import { readDraft, writeDraft } from "../../kernel/draft";
import { useSession } from "../session";
import { t } from "./texts";

/**
 * The values of a form, what the server says is wrong with them, and how they are sent. What was typed stays when they are refused; under `place`, also when
 * the page stops or is loaded again, until it is saved or given up with `drop`.
 */
export function useForm<Values extends Record<string, unknown>>(start: Values, place?: string) {
    const { organization } = useSession();
    const kept = place && `settings:${organization.id}:${place}`;
    const [values, setValues] = useState<Values>(() => ({ ...start, ...(kept ? readDraft<Partial<Values>>(kept) : {}) }));
    const saved = useRef(start);
    useEffect(() => {
        if (!kept) return;
        const typed = Object.entries(values).filter(([key, value]) => value !== saved.current[key]);
        writeDraft(kept, typed.length ? Object.fromEntries(typed) : undefined);
    }, [kept, values]);
    const [problem, setProblem] = useState<Problem | null>(null);
    const [busy, setBusy] = useState(false);
    const set = <Key extends keyof Values>(key: Key) => (value: Values[Key]) => setValues((all) => ({ ...all, [key]: value }));
    const send = async (work: () => Promise<unknown>, said: string | false = t("saved")) => {
        setBusy(true);
        setProblem(null);
        try {
            await work();
            saved.current = values;
            if (kept) writeDraft(kept, undefined);
            if (said) toast({ text: said, kind: "success" });
            return true;
        } catch (error) {
            if (error instanceof Problem && error.errors.length) setProblem(error);
            else toast({ text: explain(error), kind: "danger" });
            return false;
        } finally {
            setBusy(false);
        }
    };
    const drop = () => kept && writeDraft(kept, undefined);
    return { values, setValues, set, send, drop, busy, problem, fault: (field: string) => problem?.fault(field) };
}
