import { language } from "../../app/language";
import type { Value } from "../records/types";

/** Hours of one day of the week; 1 is Monday. */
export interface TimeWindow {
    day: number;
    from: string;
    to: string;
}

export const days = [1, 2, 3, 4, 5, 6, 7];

/** `lun`, `mon`: the day's name in the language. */
export function dayName(day: number, width: "short" | "long" = "short"): string {
    return new Intl.DateTimeFormat(language(), { weekday: width, timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, day)));
}

export const windowsOf = (value: Value | undefined): TimeWindow[] => (Array.isArray(value) ? (value as unknown as TimeWindow[]) : []);

/** Days with the same hours together: `lun–ven 09:00–13:00, sab 09:00–12:00`. */
export function windowsText(windows: TimeWindow[]): string {
    const byDay = days.map((day) => windows.filter((one) => one.day === day).map((one) => `${one.from}–${one.to}`).sort().join(" "));
    const runs: { first: number; last: number; hours: string }[] = [];
    byDay.forEach((hours, index) => {
        const day = index + 1;
        const last = runs[runs.length - 1];
        if (!hours) return;
        if (last && last.hours === hours && last.last === day - 1) last.last = day;
        else runs.push({ first: day, last: day, hours });
    });
    return runs.map((run) => `${dayName(run.first)}${run.last > run.first ? `–${dayName(run.last)}` : ""} ${run.hours}`).join(", ");
}
