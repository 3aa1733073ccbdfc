/** A colour by how it is seen: lightness 0 to 1, chroma from 0, hue in degrees (OKLCH, CSS Color 4). */
export interface Colour {
    l: number;
    c: number;
    h: number;
}

type Three = readonly [number, number, number];

const toLinear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
const toEncoded = (channel: number) => (channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055);

/** `#rrggbb` as three shares of linear light; null where it is no such text. */
function linear(hex: string): Three | null {
    const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
    if (!found) return null;
    const [red, green, blue] = [found[1], found[2], found[3]].map((two) => toLinear(parseInt(two ?? "0", 16) / 255));
    return [red ?? 0, green ?? 0, blue ?? 0];
}

/** Reads `#rrggbb`. */
export function parseColour(hex: string): Colour | null {
    const light = linear(hex);
    if (!light) return null;
    const [r, g, b] = light;
    const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const middle = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    const lightness = 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short;
    const a = 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short;
    const bee = 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short;
    return { l: lightness, c: Math.hypot(a, bee), h: ((Math.atan2(bee, a) * 180) / Math.PI + 360) % 360 };
}

function toLight({ l, c, h }: Colour): Three {
    const a = c * Math.cos((h * Math.PI) / 180);
    const b = c * Math.sin((h * Math.PI) / 180);
    const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
    const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
    const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
    return [
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
    ];
}

const fits = (light: Three) => light.every((one) => one >= -0.0005 && one <= 1.0005);

/** As `#rrggbb`; what a screen can't show loses chroma until it can. */
export function writeColour(colour: Colour): string {
    let { c } = colour;
    while (c > 0 && !fits(toLight({ ...colour, c }))) c = Math.max(0, c - 0.002);
    const two = (one: number) => Math.round(Math.min(1, Math.max(0, toEncoded(Math.min(1, Math.max(0, one))))) * 255).toString(16).padStart(2, "0");
    return `#${toLight({ ...colour, c }).map(two).join("")}`;
}

/** How bright a colour is to the eye, 0 to 1 (WCAG 2.2). */
function luminance(hex: string): number {
    const [r, g, b] = linear(hex) ?? [0, 0, 0];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
    const [a, b] = [luminance(one), luminance(other)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
