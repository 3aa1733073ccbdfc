import { createRoot } from "react-dom/client";
import { App } from "./App";
import { followSystemTheme, keptTheme, showTheme } from "./theme";
import { ErrorBoundary } from "./shell/ErrorBoundary";
import { reportStrayFaults } from "./faults";
import { registerWorker } from "./worker";

// Who has chosen none gets the dark one: shown at once, the page doesn't change under the eyes.
showTheme(keptTheme("dark"));
followSystemTheme();
reportStrayFaults();
registerWorker();
const root = document.getElementById("app");
if (root) createRoot(root).render(<ErrorBoundary><App /></ErrorBoundary>);
