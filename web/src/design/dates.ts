/** The parts of a date in the order in which a language writes them. */
export type DayOrder = "dmy" | "mdy" | "ymd";

const pad = (number: number, length = 2) => String(number).padStart(length, "0");
const utc = (day: string) => new Date(`${day}T00:00:00Z`);
const iso = (at: Date) => at.toISOString().slice(0, 10);

/** Whether that is a day of the calendar, written `2026-03-07`. */
export function isDay(text: string): boolean {
    const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
    return day !== undefined && dayOf(Number(year), Number(month), Number(day)) === text;
}

/** Whether that is a time of day, written `09:30`. */
export const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** Whether that is a day with its hour, written `2026-03-07T09:30`. */
export const isLocalMinutes = (text: string): boolean => isDay(text.slice(0, 10)) && text[10] === "T" && isTime(text.slice(11));

function dayOf(year: number, month: number, day: number): string | null {
    if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
    return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
}

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

export function addDays(day: string, count: number): string {
    const at = utc(day);
    at.setUTCDate(at.getUTCDate() + count);
    return iso(at);
}

/** The same day some months on; the last of a month that is shorter. */
export function addMonths(day: string, count: number): string {
    const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
    const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
    return dayOf(year, month, Math.min(Number(day.slice(8)), daysIn(year, month))) ?? day;
}

/** 1 is Monday, 7 is Sunday. */
export const weekday = (day: string): number => utc(day).getUTCDay() || 7;

export const weekBegin = (day: string, first: number): string => addDays(day, -((weekday(day) - first + 7) % 7));

/** Six weeks that hold the month of that day: always as many, so that nothing moves from month to month. */
export function weeksOf(day: string, first: number): string[][] {
    const start = weekBegin(`${day.slice(0, 8)}01`, first);
    return [0, 1, 2, 3, 4, 5].map((week) => [0, 1, 2, 3, 4, 5, 6].map((one) => addDays(start, week * 7 + one)));
}

const months = [["gennaio", "january"], ["febbraio", "february"], ["marzo", "march"], ["aprile", "april"], ["maggio", "may"], ["giugno", "june"], ["luglio", "july"], ["agosto", "august"], ["settembre", "september"], ["ottobre", "october"], ["novembre", "november"], ["dicembre", "december"]];
const weekdays = [["lunedi", "monday"], ["martedi", "tuesday"], ["mercoledi", "wednesday"], ["giovedi", "thursday"], ["venerdi", "friday"], ["sabato", "saturday"], ["domenica", "sunday"]];
const near: Record<string, number> = { oggi: 0, today: 0, domani: 1, tomorrow: 1, dopodomani: 2, ieri: -1, yesterday: -1 };

/** The place, from 1, of the name of which at least three letters stand there. */
function named(names: string[][], word: string): number {
    return word.length < 3 ? 0 : names.findIndex((all) => all.some((name) => name.startsWith(word))) + 1;
}

/**
 * The day that somebody typed, in the order of the language: `7/3/2026`, `7.3.26`, `7 mar`, `070326`; in any language
 * `2026-03-07`, «oggi», «venerdì», `+3`. Without a year it is the year of `today`. Null where it can't be read.
 */
export function readDay(text: string, order: DayOrder, today: string): string | null {
    const clean = text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/\s+/g, " ").trim();
    const shift = near[clean] ?? (/^\+ ?\d{1,4}$/.test(clean) ? Number(clean.slice(1)) : undefined);
    if (shift !== undefined) return addDays(today, shift);
    const onlyWeekday = named(weekdays, clean);
    if (onlyWeekday) return addDays(today, (onlyWeekday - weekday(today) + 6) % 7 + 1);
    return readWritten(clean, today) ?? readFigures(clean, order, today);
}

/** With the name of the month: `7 mar`, `sab 7 marzo 2026`, `March 7, 2026`. */
function readWritten(clean: string, today: string): string | null {
    const [first = "", ...others] = clean.split(/[\s.,/-]+/).filter((one) => one && !["di", "del", "of", "the"].includes(one));
    const parts = named(weekdays, first) && others.length >= 2 ? others : [first, ...others];
    const [one = "", other = "", year, more] = parts;
    const [day, word] = named(months, one) ? [other, one] : [one, other];
    const month = named(months, word);
    const [, number] = /^(\d{1,2})(?:st|nd|rd|th|º|°)?$/.exec(day) ?? [];
    if (!month || !number || more !== undefined) return null;
    return dayOf(yearOf(year, today), month, Number(number));
}

function readFigures(clean: string, order: DayOrder, today: string): string | null {
    const [, begin, mid, end] = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$/.exec(clean) ?? [];
    if (begin) return dayOf(Number(begin), Number(mid), Number(end));
    const [, one, other, year] = /^(\d{1,2})[-/. ]{1,2}(\d{1,2})(?:[-/. ]{1,2}(\d{2}|\d{4}))?[-/.]?$/.exec(clean) ?? /^(\d{2})(\d{2})(\d{2}|\d{4})$/.exec(clean) ?? [];
    if (!one || !other) return null;
    const [day, month] = order === "dmy" ? [one, other] : [other, one];
    return dayOf(yearOf(year, today), Number(month), Number(day));
}

/** Of two figures: from 1970 to 2069. */
function yearOf(text: string | undefined, today: string): number {
    if (!text) return Number(today.slice(0, 4));
    if (!/^(\d{2}|\d{4})$/.test(text)) return 0;
    const year = Number(text);
    return text.length === 4 ? year : year + (year < 70 ? 2000 : 1900);
}

/** The time of day that somebody typed: `9`, `9.30`, `0930`, `9:30 pm`; as `09:30`, null where it can't be read. */
export function readTime(text: string): string | null {
    const clean = text.toLowerCase().replace(/\s+/g, "");
    const [, hours, minutes, half] = /^(\d{1,2})(?:[:.,h]?([0-5]\d))?([ap])?\.?(?:m\.?)?$/.exec(clean) ?? [];
    if (!hours || (clean.endsWith("m") && !half)) return null;
    let hour = Number(hours);
    if (half && (hour < 1 || hour > 12)) return null;
    if (half) hour = (hour % 12) + (half === "p" ? 12 : 0);
    return hour < 24 ? `${pad(hour)}:${minutes ?? "00"}` : null;
}
