import { createRoot } from "react-dom/client";
import { keptTheme, showTheme } from "../app/theme";

showTheme(keptTheme());
const root = document.getElementById("app");
if (root) createRoot(root).render(<h1>Stratikey</h1>);
