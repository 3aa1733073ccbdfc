import { contrast, parseColour, writeColour, type Colour } from "./colour";

export type Ground = "light" | "dark";

/** What an organization chose, `#rrggbb` each. */
export interface BrandColours {
    primary: string | null;
    accent: string | null;
}

/** A colour as it can be used in a theme. */
export interface Corrected {
    colour: string;
    /** Whether its lightness had to change. */
    isCorrected: boolean;
    /** The lowest contrast of the chosen colour with what it stands on. */
    chosenContrast: number;
    /** The same after the correction. */
    contrast: number;
}

const enough = 4.5;
/** What an accent is read on: page, sidebar, wells, cards (design/tokens.css). */
const grounds: Record<Ground, string[]> = {
    light: ["#ffffff", "#faf8fa", "#f3eff2"],
    dark: ["#141014", "#1b161b", "#0f0b0f", "#251e25"],
};
const texts: Record<Ground, string> = { light: "#1d141c", dark: "#f2ecf1" };

const limited = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** The tinted ground of what is chosen. */
function soft(colour: Colour, ground: Ground): string {
    return writeColour(ground === "light" ? { l: 0.953, c: Math.min(colour.c, 0.024), h: colour.h } : { l: 0.262, c: Math.min(colour.c, 0.075), h: colour.h });
}

/** A step further from the ground: what the pointer rests on. */
function hover(colour: Colour, ground: Ground): string {
    return writeColour({ ...colour, l: limited(colour.l + (ground === "light" ? -0.07 : 0.06), 0, 1) });
}

/** Whichever of white and near-black is read better there. */
function onColour(colours: string[]): string {
    const lowest = (text: string) => Math.min(...colours.map((one) => contrast(text, one)));
    return ["#ffffff", "#1d141c", "#000000"].find((text) => lowest(text) >= enough) ?? (lowest("#ffffff") > lowest("#000000") ? "#ffffff" : "#000000");
}

function lowest(colour: Colour, ground: Ground): number {
    const shown = writeColour(colour);
    const pairs = [...grounds[ground], soft(colour, ground)].map((one) => contrast(shown, one));
    const on = onColour([shown, hover(colour, ground)]);
    return Math.min(...pairs, contrast(on, shown), contrast(on, hover(colour, ground)), contrast(texts[ground], soft(colour, ground)));
}

/**
 * The colour as an accent of that theme: lighter or darker, in its own hue, until it is read at 4.5:1 on every ground,
 * on its own tint, and with words on it. `null` where it is no `#rrggbb`.
 */
export function correct(colour: string, ground: Ground): Corrected | null {
    const chosen = parseColour(colour);
    if (!chosen) return null;
    const step = ground === "light" ? -0.005 : 0.005;
    const chosenContrast = lowest(chosen, ground);
    let found = chosen;
    while (lowest(found, ground) < enough && (ground === "light" ? found.l > 0.05 : found.l < 0.99)) found = { ...found, l: found.l + step };
    const isCorrected = found !== chosen;
    return { colour: isCorrected ? writeColour(found) : colour.toLowerCase(), isCorrected, chosenContrast, contrast: lowest(found, ground) };
}

/** The tokens that follow from an organization's colours in a theme; none where it has none of its own. */
export function brandTokens(branding: BrandColours | null, dark: boolean): Record<string, string> {
    const ground: Ground = dark ? "dark" : "light";
    const tokens: Record<string, string> = {};
    const accent = branding?.accent ?? branding?.primary;
    const corrected = accent ? correct(accent, ground) : null;
    const colour = corrected ? parseColour(corrected.colour) : null;
    if (corrected && colour) {
        tokens["--accent"] = corrected.colour;
        tokens["--accent-hover"] = hover(colour, ground);
        tokens["--accent-soft"] = soft(colour, ground);
        tokens["--accent-on"] = onColour([corrected.colour, hover(colour, ground)]);
        tokens["--chart-1"] = corrected.colour;
    }
    const brand = branding?.primary ?? branding?.accent;
    if (brand && parseColour(brand)) {
        tokens["--brand"] = brand.toLowerCase();
        tokens["--brand-on"] = onColour([brand]);
    }
    return tokens;
}

/** Every token that `brandTokens` may give. */
export const brandTokenNames = ["--accent", "--accent-hover", "--accent-soft", "--accent-on", "--chart-1", "--brand", "--brand-on"];
