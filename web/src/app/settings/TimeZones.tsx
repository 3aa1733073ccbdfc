import { cityOf, zoneGroups } from "./zoneNames";

interface Props {
    value: string;
    onChange: (value: string) => void;
    /** What choosing none means; without it one has to be chosen. */
    empty?: string;
    id?: string;
    "aria-invalid"?: boolean;
    "aria-describedby"?: string;
}

const zones = (): string[] => {
    const supported = (Intl as unknown as { supportedValuesOf?: (key: string) => string[] }).supportedValuesOf?.("timeZone") ?? ["Europe/Rome", "UTC"];
    return supported.includes("UTC") ? supported : [...supported, "UTC"];
};

/** IANA's time zones, those that the browser knows, by continent and city. */
export function TimeZones({ value, onChange, empty, ...rest }: Props) {
    const all = zones();
    const language = document.documentElement.lang || "en";
    return (
        <select className="input" {...rest} value={value} onChange={(event) => onChange(event.target.value)}>
            {empty !== undefined && <option value="">{empty}</option>}
            {value && !all.includes(value) && <option value={value}>{cityOf(value, language)}</option>}
            {zoneGroups(all, language).map((group) => (
                <optgroup key={group.label} label={group.label}>
                    {group.zones.map((one) => <option key={one.zone} value={one.zone}>{one.label}</option>)}
                </optgroup>
            ))}
        </select>
    );
}
