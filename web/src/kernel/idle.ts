/** Runs that when the page has nothing more urgent to do, and at the latest after half a second. */
export function whenIdle(run: () => void) {
    if ("requestIdleCallback" in window) window.requestIdleCallback(run, { timeout: 500 });
    else setTimeout(run, 100);
}
