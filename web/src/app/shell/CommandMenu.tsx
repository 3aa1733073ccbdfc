/** Opens the command menu. */
export function openCommandMenu() {
    window.dispatchEvent(new Event("stratikey-command"));
}
