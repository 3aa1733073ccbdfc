import { useState } from "react";
import { Badge } from "../../design/Badge";
import { Button } from "../../design/Button";
import { api } from "../../kernel/api/client";
import { useLoaded } from "../../kernel/api/useLoaded";
import { toastProblem } from "../../kernel/records/change";
import { texts } from "../language";
import { SheetWaiting } from "./SheetWaiting";
import { useSession } from "../session";
import { t } from "./texts";

const words = texts({
    it: { text: "Un modulo spento non si vede e non lavora; i suoi dati restano.", on: "Acceso", off: "Spento", turnOn: "Accendi", turnOff: "Spegni", always: "Sempre acceso", requires: "Serve: {list}" },
    en: { text: "A module that is off is not seen and does not work; its data stays.", on: "On", off: "Off", turnOn: "Turn on", turnOff: "Turn off", always: "Always on", requires: "Needs: {list}" },
});

interface Plugin {
    id: string;
    name: string;
    on: boolean;
    optional: boolean;
    requires: string[];
}

/** The modules of the organization, on or off. */
export function PluginsPage() {
    const { data, problem, reload } = useLoaded<{ data: Plugin[] }>("/plugins");
    const session = useSession();
    const [busy, setBusy] = useState<string | null>(null);
    const turn = async (plugin: Plugin) => {
        setBusy(plugin.id);
        try {
            await api.put(`/plugins/${plugin.id}`, { on: !plugin.on });
            reload();
            await session.reload();
        } catch (error) {
            toastProblem(error);
        } finally {
            setBusy(null);
        }
    };
    const name = (id: string) => data?.data.find((one) => one.id === id)?.name ?? id;
    return (
        <section>
            <p className="muted page-actions">{words("text")}</p>
            <table className="sheet">
                <thead><tr><th scope="col">{t("name")}</th><th scope="col">{t("status")}</th><td /></tr></thead>
                <tbody>
                    {!data && <SheetWaiting problem={problem} onRetry={reload} columns={3} />}
                    {data?.data.map((plugin) => (
                        <tr key={plugin.id}>
                            <td>{plugin.name}{plugin.requires.length > 0 && <div className="small muted">{words("requires", { list: plugin.requires.map(name).join(", ") })}</div>}</td>
                            <td><Badge tone={plugin.on ? "success" : "plain"}>{words(plugin.on ? "on" : "off")}</Badge></td>
                            <td className="end">
                                {plugin.optional
                                    ? <Button bar busy={busy === plugin.id} aria-label={`${words(plugin.on ? "turnOff" : "turnOn")}: ${plugin.name}`} onClick={() => void turn(plugin)}>{words(plugin.on ? "turnOff" : "turnOn")}</Button>
                                    : <span className="muted small">{words("always")}</span>}
                            </td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </section>
    );
}
