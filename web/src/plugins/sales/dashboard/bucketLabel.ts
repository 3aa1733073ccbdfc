import { language } from "../../../app/language";
import type { Bucket, Unit } from "./answer";

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language(), { timeZone: "UTC", ...options });

/** What a bar is called below it; the year stands with the first one of it where there are several. */
export function bucketLabel(bucket: Bucket, unit: Unit, all: Bucket[]): string {
    const from = new Date(`${bucket.from}T00:00:00Z`);
    const year = bucket.from.slice(0, 4);
    const hasYears = all[0]?.from.slice(0, 4) !== all[all.length - 1]?.from.slice(0, 4);
    switch (unit) {
        case "day": case "week": return format({ day: "numeric", month: "short" }).format(from);
        case "month": return hasYears ? format({ month: "short", year: "2-digit" }).format(from) : format({ month: "short" }).format(from);
        case "quarter": return `${language() === "it" ? "T" : "Q"}${Math.floor(from.getUTCMonth() / 3) + 1}${hasYears ? ` ${year}` : ""}`;
        case "year": return year;
    }
}

/** Its whole name: `marzo 2017`, `5 marzo 2017`. */
export function bucketTitle(bucket: Bucket, unit: Unit): string {
    const from = new Date(`${bucket.from}T00:00:00Z`);
    switch (unit) {
        case "day": return format({ day: "numeric", month: "long", year: "numeric" }).format(from);
        case "week": return `${format({ day: "numeric", month: "short" }).format(from)} – ${format({ day: "numeric", month: "short", year: "numeric" }).format(new Date(`${bucket.to}T00:00:00Z`))}`;
        case "month": return format({ month: "long", year: "numeric" }).format(from);
        case "quarter": return `${language() === "it" ? "T" : "Q"}${Math.floor(from.getUTCMonth() / 3) + 1} ${bucket.from.slice(0, 4)}`;
        case "year": return bucket.from.slice(0, 4);
    }
}
