import { language } from "../../app/language";
import type { DayOrder } from "../../design/dates";
import { kept, locale } from "./format";

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const format = (name: string, options: Intl.DateTimeFormatOptions) => kept(name, () => new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...options }));

const parts = () => format("calendar date", { day: "2-digit", month: "2-digit", year: "numeric" }).formatToParts(day("2026-03-07"));

/** In which order day, month and year are written. */
export function dayOrder(): DayOrder {
    const order = parts().map((one) => ({ day: "d", month: "m", year: "y" } as Record<string, string>)[one.type] ?? "").join("");
    return order === "mdy" || order === "ymd" ? order : "dmy";
}

/** How a date is written, in letters: `gg/mm/aaaa`. */
export function dayPattern(): string {
    const letters: Record<string, string> = language() === "it" ? { day: "gg", month: "mm", year: "aaaa" } : { day: "dd", month: "mm", year: "yyyy" };
    return parts().map((one) => letters[one.type] ?? one.value).join("");
}

/** `marzo 2026`. */
export const monthOf = (text: string): string => format("calendar month", { month: "long", year: "numeric" }).format(day(text));

/** `sabato 7 marzo 2026`. */
export const fullDay = (text: string): string => format("calendar day", { dateStyle: "full" }).format(day(text));

/** The name of a day of the week, long or in two letters or so. */
export const weekdayOf = (text: string, length: "long" | "short"): string => format(`calendar weekday ${length}`, { weekday: length }).format(day(text));

/** `09:30` as the language and the region write it. */
export const clock = (text: string): string => format("calendar clock", { hour: "2-digit", minute: "2-digit" }).format(new Date(`2026-03-07T${text}:00Z`));
