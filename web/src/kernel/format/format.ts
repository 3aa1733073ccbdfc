import { alwaysGrouped, language, texts } from "../../app/language";
import { isDay } from "../../design/dates";

/** Where and how the organization counts: set when it is opened. */
const place = { timeZone: "Europe/Rome", currency: "EUR", locale: "it-IT", weekStart: 1 };
const t = texts({
    it: { now: "adesso", today: "oggi", yesterday: "ieri", tomorrow: "domani", minutes: "{count} min", hours: "{count} h", days: { one: "{count} giorno", other: "{count} giorni" }, shortDays: "{count} g", yes: "Sì", no: "No" },
    en: { now: "now", today: "today", yesterday: "yesterday", tomorrow: "tomorrow", minutes: "{count} min", hours: "{count} h", days: { one: "{count} day", other: "{count} days" }, shortDays: "{count} d", yes: "Yes", no: "No" },
});

export function setPlace(settings: Partial<typeof place>) {
    Object.assign(place, settings);
    formats.clear();
}

export const timeZone = () => place.timeZone;
export const organizationCurrency = () => place.currency;
/** The day with which a week begins: 1 is Monday. */
export const weekStart = () => place.weekStart;

/** The person's language with the organization's region, so that an English reader of an Italian company reads euros and 24 hours. */
export function locale(): string {
    const region = place.locale.split("-")[1] ?? "IT";
    return `${language()}-${language() === "it" ? region : region === "US" ? "US" : "GB"}`;
}

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

/** A format, made once for what it is called and the place. */
export function kept<Format extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(key: string, make: () => Format): Format {
    const name = `${locale()} ${key}`;
    const found = formats.get(name) as Format | undefined;
    if (found) return found;
    const made = make();
    formats.set(name, made);
    return made;
}

/** The decimals of a currency: 2 for EUR, 0 for JPY. */
export function decimals(currency: string): number {
    const format = kept(`decimals ${currency}`, () => new Intl.NumberFormat("en", { style: "currency", currency }));
    return (format as Intl.NumberFormat).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Minor units as money: `1.054 $`; cents only where there are any, unless `exact`. */
export function money(minor: number | null | undefined, currency: string | null | undefined, exact = false): string {
    if (minor === null || minor === undefined) return "—";
    const code = currency || place.currency;
    const digits = decimals(code);
    const whole = !exact && minor % 10 ** digits === 0;
    const format = kept(`money ${code} ${whole}`, () => new Intl.NumberFormat(locale(), {
        style: "currency", currency: code, currencyDisplay: "narrowSymbol",
        ...alwaysGrouped, ...(whole ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {}),
    }));
    return format.format(minor / 10 ** digits);
}

/** For totals: no cents from a thousand on. */
export function roundMoney(minor: number | null | undefined, currency: string | null | undefined): string {
    if (minor === null || minor === undefined) return "—";
    const code = currency || place.currency;
    const format = kept(`round ${code}`, () => new Intl.NumberFormat(locale(), { style: "currency", currency: code, currencyDisplay: "narrowSymbol", minimumFractionDigits: 0, maximumFractionDigits: 0, ...alwaysGrouped }));
    return format.format(Math.round(minor / 10 ** decimals(code)));
}

export function number(value: number | null | undefined): string {
    if (value === null || value === undefined) return "—";
    return kept("number", () => new Intl.NumberFormat(locale(), { maximumFractionDigits: 2, ...alwaysGrouped })).format(value);
}

/** For axes and tight places: `1,3 Mln`. All values of an axis are written in the unit of its largest: `0,5 Mln` beside `1 Mln`. */
export function compact(value: number, largest = value): string {
    const format = kept("compact", () => new Intl.NumberFormat(locale(), { notation: "compact", maximumFractionDigits: 1 })) as Intl.NumberFormat;
    const scale = 1000 ** Math.floor(Math.log10(Math.max(1, Math.abs(largest))) / 3);
    const parts = format.formatToParts(scale);
    if (scale === 1 || !parts.some((part) => part.type === "compact")) return number(value);
    return parts.map((part) => (part.type === "integer" ? number(value / scale) : part.value)).join("");
}

/** Basis points as `63,2%`. */
export function percent(basisPoints: number | null | undefined): string {
    if (basisPoints === null || basisPoints === undefined) return "—";
    return kept("percent", () => new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 1 })).format(basisPoints / 10_000);
}

/** `2017-03-01` as `01/03/2017`; what is no date as it stands. */
export function date(text: string | null | undefined): string {
    if (!text) return "—";
    if (!isDay(text)) return text;
    const format = kept("date", () => new Intl.DateTimeFormat(locale(), { timeZone: "UTC", day: "2-digit", month: "2-digit", year: "numeric" }));
    return format.format(new Date(`${text}T00:00:00Z`));
}

/** `31 dic 2026`. */
export function longDate(text: string | null | undefined): string {
    if (!text) return "—";
    if (!isDay(text)) return text;
    return kept("long date", () => new Intl.DateTimeFormat(locale(), { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" })).format(new Date(`${text}T00:00:00Z`));
}

/** `31 dic`, or with the year where it is another than this one. */
export function shortDate(text: string | null | undefined): string {
    if (!text) return "—";
    if (text.slice(0, 4) !== today().slice(0, 4)) return longDate(text);
    return kept("short date", () => new Intl.DateTimeFormat(locale(), { timeZone: "UTC", day: "numeric", month: "short" })).format(new Date(`${text}T00:00:00Z`));
}

/** An instant as a day in the organization's zone. */
export function instantDate(text: string | null | undefined): string {
    if (!text) return "—";
    return kept("instant date", () => new Intl.DateTimeFormat(locale(), { timeZone: place.timeZone, day: "2-digit", month: "2-digit", year: "numeric" })).format(new Date(text));
}

/** An instant with its hour: `19 ago 2026, 10:12`. */
export function instant(text: string | null | undefined): string {
    if (!text) return "—";
    return kept("instant", () => new Intl.DateTimeFormat(locale(), { timeZone: place.timeZone, day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" })).format(new Date(text));
}

/** The whole of an instant, for tooltips. */
export function fullInstant(text: string | null | undefined): string {
    if (!text) return "";
    return kept("full instant", () => new Intl.DateTimeFormat(locale(), { timeZone: place.timeZone, dateStyle: "full", timeStyle: "medium" })).format(new Date(text));
}

/** `3 g fa`, `fra 2 h`. */
export function relative(text: string | null | undefined): string {
    if (!text) return "—";
    const seconds = (new Date(text).getTime() - Date.now()) / 1000;
    const units: [Intl.RelativeTimeFormatUnit, number][] = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3600], ["minute", 60]];
    const format = kept("relative", () => new Intl.RelativeTimeFormat(locale(), { numeric: "auto", style: "narrow" }));
    for (const [unit, size] of units) {
        if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
    }
    return t("now");
}

/** A stretch of seconds in words: `94 giorni`, `5 h`. */
export function span(seconds: number | null | undefined, short = false): string {
    if (seconds === null || seconds === undefined) return "—";
    if (seconds >= 86_400) return t(short ? "shortDays" : "days", { count: Math.round(seconds / 86_400) });
    if (seconds >= 3600) return t("hours", { count: Math.round(seconds / 3600) });
    return t("minutes", { count: Math.round(seconds / 60) });
}

export const yesNo = (value: boolean): string => t(value ? "yes" : "no");

/** Today in the organization's zone, `2026-11-21`. */
export function today(): string {
    return new Intl.DateTimeFormat("en-CA", { timeZone: place.timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date());
}

/** What a person typed as money, in minor units: `1.234,50`, `1,234.50`, `1234.5`; null when it is no number. */
export function parseMoney(text: string, currency: string): number | null {
    const value = parseNumber(text);
    return value === null ? null : Math.round(value * 10 ** decimals(currency));
}

/** What a person typed as a number, by the habits of the language; null when it is none. */
export function parseNumber(text: string): number | null {
    let clean = text.replace(/[^\d.,\-−]/g, "").replace("−", "-");
    const lastComma = clean.lastIndexOf(",");
    const lastPoint = clean.lastIndexOf(".");
    const decimal = lastComma >= 0 && lastPoint >= 0 ? (lastComma > lastPoint ? "," : ".") : loneSeparator(clean, lastComma, lastPoint);
    clean = decimal === "," ? clean.replace(/\./g, "").replace(",", ".") : clean.replace(/,/g, "");
    if (!/^-?\d*\.?\d+$/.test(clean)) return null;
    return Number(clean);
}

/** Only one kind of separator stands there: of groups where three digits follow and the language writes groups so. */
function loneSeparator(clean: string, lastComma: number, lastPoint: number): string {
    const group = language() === "it" ? "." : ",";
    const own = lastComma >= 0 ? "," : ".";
    const at = Math.max(lastComma, lastPoint);
    const several = clean.split(own).length > 2;
    const looksGrouped = own === group && /^-?\d{1,3}([.,]\d{3})+$/.test(clean);
    if (at < 0) return group === "." ? "," : ".";
    return several || looksGrouped ? (own === "," ? "." : ",") : own;
}

/** How far the organization's zone is ahead of UTC at an instant, in minutes. */
function offset(at: Date): number {
    const parts = kept("parts", () => new Intl.DateTimeFormat("en-CA", { timeZone: place.timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" })).formatToParts(at);
    const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
    const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
    return Math.round((local - Math.floor(at.getTime() / 1000) * 1000) / 60_000);
}

/** An instant as `2026-11-21T10:30` in the organization's zone. */
export function localMinutes(instant: string): string {
    const at = new Date(instant);
    return new Date(at.getTime() + offset(at) * 60_000).toISOString().slice(0, 16);
}

/** The instant of `2026-11-21T10:30` in the organization's zone. */
export function fromLocalMinutes(local: string): string {
    const naive = new Date(`${local}:00Z`);
    const first = new Date(naive.getTime() - offset(naive) * 60_000);
    return new Date(naive.getTime() - offset(first) * 60_000).toISOString();
}
