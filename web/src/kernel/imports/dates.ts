import { language } from "../../app/language";

const layouts = ["YYYY-MM-DD", "DD/MM/YYYY", "M/D/YYYY", "DD.MM.YYYY", "DD-MM-YYYY", "MM-DD-YYYY", "YYYY/MM/DD", "YYYYMMDD", "D MMM YYYY", "DD/MM/YY", "M/D/YY", "DD.MM.YY"];
const numberFormats = ["1234.56", "1234,56", "1,234.56", "1.234,56", "1 234,56", "1 234.56", "1'234.56"];

const timeOf = (format: string) => layouts.filter((one) => format.startsWith(one)).map((one) => format.slice(one.length)).sort((a, b) => a.length - b.length)[0] ?? "";

/** The ways of writing among which a person chooses: those that fit, else all of the kind. */
export function formatChoices(kind: "date" | "number", format: string | null, alternatives: string[]): string[] {
    if (alternatives.length) return alternatives;
    if (kind === "number") return format && !numberFormats.includes(format) ? [format, ...numberFormats] : numberFormats;
    const time = format ? timeOf(format) : "";
    return layouts.map((layout) => layout + time);
}

/** A way of writing as people of the language say it: `GG/MM/AAAA`. */
export function formatName(format: string): string {
    if (!/[YMD]/.test(format)) return format;
    return language() === "it" ? format.replace(/Y/g, "A").replace(/D/g, "G").replace(/H(?=H|:)/g, "O") : format;
}

/** What a sample says when it is written so, as `2017-03-01`; null when it can't be. */
export function readAs(sample: string, format: string): string | null {
    const order = { "DD/MM/YYYY": "dmy", "M/D/YYYY": "mdy", "DD.MM.YYYY": "dmy", "DD-MM-YYYY": "dmy", "MM-DD-YYYY": "mdy", "DD/MM/YY": "dmy", "M/D/YY": "mdy", "DD.MM.YY": "dmy" }[format.slice(0, format.length - timeOf(format).length)];
    const parts = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})/.exec(sample);
    if (!order || !parts) return null;
    const [first, second, third] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
    const [day, month] = order === "dmy" ? [first, second] : [second, first];
    const year = third < 100 ? (third < 70 ? 2000 + third : 1900 + third) : third;
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}

/** How numbers of a mixed column are most likely written: the samples that are numbers say it. */
export function numberFormat(samples: string[]): string | null {
    const clean = samples.map((sample) => sample.replace(/[^\d.,' ]/g, "").trim()).filter((sample) => /\d/.test(sample));
    const has = (shape: RegExp) => clean.some((sample) => shape.test(sample));
    if (has(/\.\d{3}(?:\.\d{3})*(?:,\d+)?$/) && has(/,\d{1,2}$|\.\d{3}\.\d{3}|^\d{1,3}\.\d{3}$/)) return "1.234,56";
    if (has(/,\d{3}(?:,\d{3})*\.\d+$/)) return "1,234.56";
    if (has(/^\d+,\d{1,2}$/)) return "1234,56";
    return has(/\d/) ? "1234.56" : null;
}
