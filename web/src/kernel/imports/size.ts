import { language } from "../../app/language";

/** How big a file can be; the server says it again where it is set lower. */
export const sizeLimit = 256 * 1024 * 1024;

/** A size as people read it: `614 kB`. */
export function bytes(size: number): string {
    const [unit, divisor, digits] = size < 1024 * 1024 ? ["kilobyte", 1024, 0] as const : ["megabyte", 1024 * 1024, 1] as const;
    return new Intl.NumberFormat(language(), { style: "unit", unit, maximumFractionDigits: digits }).format(Math.max(size / divisor, unit === "kilobyte" ? 1 : 0));
}
