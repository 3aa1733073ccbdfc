import { language } from "../../../app/language";
import * as format from "../../../kernel/format/format";

/** When something is due, in the words of a calendar: «ieri», «domani», «tra 3 giorni», then the date. */
export function dueWords(instant: string, today: string = format.today()): string {
    const day = format.localMinutes(instant).slice(0, 10);
    const days = Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
    if (Math.abs(days) > 6) return format.shortDate(day);
    return new Intl.RelativeTimeFormat(language(), { numeric: "auto" }).format(days, "day");
}

export const isOverdue = (instant: string, now: number = Date.now()): boolean => Date.parse(instant) < now;
