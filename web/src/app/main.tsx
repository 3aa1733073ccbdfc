import { createRoot } from "react-dom/client";
import { App } from "./App";
import { followSystemTheme, keptTheme, showTheme } from "./theme";
import { ErrorBoundary } from "./shell/ErrorBoundary";

showTheme(keptTheme());
followSystemTheme();
const root = document.getElementById("app");
if (root) createRoot(root).render(<ErrorBoundary><App /></ErrorBoundary>);
