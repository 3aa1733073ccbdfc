import { Badge } from "../../design/Badge";
import { Button } from "../../design/Button";
import { api } from "../../kernel/api/client";
import { useLoaded } from "../../kernel/api/useLoaded";
import { fullInstant, relative } from "../../kernel/format/format";
import { toastProblem } from "../../kernel/records/change";
import { texts } from "../language";
import { SheetWaiting } from "./SheetWaiting";

const words = texts({
    it: { title: "Sessioni", text: "Dove hai effettuato l'accesso.", here: "Questa", end: "Chiudi", endAll: "Chiudi tutte le altre", device: "Dispositivo", address: "Indirizzo", used: "Ultimo uso", unknown: "Dispositivo sconosciuto", on: "{browser} su {system}" },
    en: { title: "Sessions", text: "Where you are logged in.", here: "This one", end: "End", endAll: "End all others", device: "Device", address: "Address", used: "Last used", unknown: "Unknown device", on: "{browser} on {system}" },
});

interface Session {
    id: string;
    is_current: boolean;
    last_used_at: string;
    device: string | null;
    address: string | null;
}

/** The server says «Chrome on Linux»; the reader gets it in their language. */
function deviceName(device: string | null): string {
    const [browser, system] = device?.split(" on ") ?? [];
    if (!browser) return words("unknown");
    return system ? words("on", { browser, system }) : browser;
}

/** Where the person is logged in; each session can be ended. */
export function SessionsList() {
    const { data, problem, reload } = useLoaded<{ data: Session[] }>("/auth/sessions");
    const end = (id: string | null) => api.delete(id ? `/auth/sessions/${id}` : "/auth/sessions").then(reload, toastProblem);
    return (
        <section>
            <div className="page-actions">
                <div className="grow"><h2>{words("title")}</h2><p className="muted">{words("text")}</p></div>
                {(data?.data.length ?? 0) > 1 && <Button onClick={() => void end(null)}>{words("endAll")}</Button>}
            </div>
            <div className="sheet-scroll" tabIndex={0}>
                <table className="sheet">
                    <thead><tr><th scope="col">{words("device")}</th><th scope="col">{words("address")}</th><th scope="col">{words("used")}</th><td /></tr></thead>
                    <tbody>
                        {!data && <SheetWaiting problem={problem} onRetry={reload} columns={4} lines={2} />}
                        {data?.data.map((one) => (
                            <tr key={one.id}>
                                <td>{deviceName(one.device)} {one.is_current && <Badge tone="success">{words("here")}</Badge>}</td>
                                <td>{one.address ?? "—"}</td>
                                <td><time dateTime={one.last_used_at} title={fullInstant(one.last_used_at)}>{relative(one.last_used_at)}</time></td>
                                <td className="end">{!one.is_current && <Button bar look="plain" onClick={() => void end(one.id)}>{words("end")}</Button>}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
        </section>
    );
}
