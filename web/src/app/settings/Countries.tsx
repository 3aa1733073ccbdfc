import { countries } from "./countryNames";

interface Props {
    value: string | null;
    onChange: (value: string | null) => void;
    id?: string;
    "aria-invalid"?: boolean;
    "aria-describedby"?: string;
}

/** The countries by their names in the reader's language. */
export function Countries({ value, onChange, ...rest }: Props) {
    const all = countries(document.documentElement.lang || "en");
    return (
        <select className="input" {...rest} value={value ?? ""} onChange={(event) => onChange(event.target.value || null)}>
            <option value="">—</option>
            {value && !all.some((one) => one.code === value) && <option value={value}>{value}</option>}
            {all.map((one) => <option key={one.code} value={one.code}>{one.name}</option>)}
        </select>
    );
}
