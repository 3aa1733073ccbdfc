import { useState } from "react";
import { explain, Problem } from "../../kernel/api/problem";
import { toast } from "../../design/Toast";
import { t } from "./texts";

/** The values of a form, what the server says is wrong with them, and how they are sent. What was typed stays when they are refused. */
export function useForm<Values extends Record<string, unknown>>(start: Values) {
    const [values, setValues] = useState(start);
    const [problem, setProblem] = useState<Problem | null>(null);
    const [busy, setBusy] = useState(false);
    const set = <Key extends keyof Values>(key: Key) => (value: Values[Key]) => setValues((all) => ({ ...all, [key]: value }));
    const send = async (work: () => Promise<unknown>, said: string | false = t("saved")) => {
        setBusy(true);
        setProblem(null);
        try {
            await work();
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
    return { values, setValues, set, send, busy, problem, fault: (field: string) => problem?.fault(field) };
}
