import { language } from "../../../app/language";
import { percent } from "../../../kernel/format/format";
import { t } from "./texts";

export interface Comparison {
    text: string;
    tone: "good" | "bad" | "plain";
}

type How = "share" | "points" | "days";

const signed = (value: number, digits: number) =>
    new Intl.NumberFormat(language(), { signDisplay: "exceptZero", maximumFractionDigits: digits }).format(value).replace("-", "−");

/**
 * A figure against the one before, in words: `+5,1% sul trimestre prima`, `−1,4 punti`, `−3 giorni`.
 *
 * Colour follows what is good (`lessIsBetter` for durations), and is never alone: the sign says it too. `than` names the period before, or nothing.
 */
export function compare(value: number | null, previous: number | null, how: How, than: string, lessIsBetter = false): Comparison {
    if (value === null || previous === null) return { text: t("noComparison"), tone: "plain" };
    const difference = value - previous;
    if (difference === 0) return { text: t("same"), tone: "plain" };
    const beside = than && ` ${than}`;
    const tone = difference > 0 !== lessIsBetter ? "good" : "bad";
    switch (how) {
        case "points": return { text: `${unit("points", difference / 100, 1)}${beside}`, tone };
        case "days": return { text: `${unit("days", Math.round(difference / 86_400), 0)}${beside}`, tone };
        case "share": {
            if (previous === 0) return { text: t("fromZero"), tone };
            const exact = (difference / Math.abs(previous)) * 10_000;
            const share = Math.abs(exact) < 10_000 ? exact : Math.round(exact / 100) * 100;
            return { text: `${share > 0 ? "+" : "−"}${percent(Math.abs(share))}${beside}`, tone };
        }
    }
}

function unit(key: "points" | "days", difference: number, digits: number): string {
    return t(key, { delta: signed(difference, digits), count: Math.abs(difference) });
}
