import { createRoot } from "react-dom/client";
import { speak } from "../app/language";
import { keptTheme, showTheme } from "../app/theme";
import { Toasts } from "../design/Toast";
import { configure } from "../kernel/api/client";
import { Console } from "./Console";

showTheme(keptTheme("system"));
speak(navigator.language.startsWith("it") ? "it" : "en");
configure({ cookie: "stratikey_vendor_csrf", onSignedOut: () => window.location.assign("/vendor/login") });
const root = document.getElementById("app");
if (root) createRoot(root).render(<><Console /><Toasts /></>);
