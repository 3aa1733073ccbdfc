import { fitBranding } from "../../../app/theme";

/** Prints in the light theme whatever the screen has: paper is white. Gives what ends it. */
export function printInLight(): () => void {
    const page = document.documentElement;
    let former: string | undefined;
    let isPrinting = false;
    const begin = () => {
        if (isPrinting) return;
        isPrinting = true;
        former = page.dataset["theme"];
        page.dataset["theme"] = "light";
        fitBranding();
    };
    const end = () => {
        if (!isPrinting) return;
        isPrinting = false;
        if (former === undefined) page.removeAttribute("data-theme");
        else page.dataset["theme"] = former;
        fitBranding();
    };
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    return () => {
        end();
        window.removeEventListener("beforeprint", begin);
        window.removeEventListener("afterprint", end);
    };
}
