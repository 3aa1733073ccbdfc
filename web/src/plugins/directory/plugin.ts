import building from "bootstrap-icons/building.svg";
import people from "bootstrap-icons/people.svg";
import telephone from "bootstrap-icons/telephone.svg";
import { texts } from "../../app/language";
import type { PluginScreens } from "../plugin";

const t = texts({
    it: {
        accounts: "Le aziende con cui lavori", accountsText: "Per ognuna trovi referenti, opportunità e tutto quello che vi siete detti. Se le hai già in un foglio, importale.",
        contacts: "Le persone che conosci", contactsText: "Con il loro ruolo e i recapiti, legate all'azienda per cui lavorano: chiamate e messaggi restano nella loro storia.",
    },
    en: {
        accounts: "The companies that you work with", accountsText: "Each has its people, its opportunities and all that was said. If you have them in a sheet, import them.",
        contacts: "The people that you know", contactsText: "With their role and how to reach them, tied to their company: calls and messages stay in their history.",
    },
});

export const directory: PluginScreens = {
    id: "directory",
    icons: { "directory.account": building, "directory.contact": people, "directory.contact_point": telephone },
    about: {
        "directory.account": () => ({ title: t("accounts"), text: t("accountsText") }),
        "directory.contact": () => ({ title: t("contacts"), text: t("contactsText") }),
    },
    timelines: ["directory.account", "directory.contact"],
    setup: ["directory.contact_point"],
};
