import { createRoot } from "react-dom/client";
import { App } from "./App";
import { keptTheme, showTheme } from "./theme";
import { ErrorBoundary } from "./shell/ErrorBoundary";

showTheme(keptTheme());
const root = document.getElementById("app");
if (root) createRoot(root).render(<ErrorBoundary><App /></ErrorBoundary>);
