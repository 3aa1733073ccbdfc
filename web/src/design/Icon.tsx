/** A bootstrap icon, given as the text of its SVG: `import plus from "bootstrap-icons/plus.svg"`. Silent to screen readers: a word stands beside it, or a label on its button. */
export function Icon({ svg, size }: { svg: string; size?: number }) {
    const style = size === undefined ? undefined : { width: size, height: size };
    return <span className="icon" aria-hidden="true" {...(style ? { style } : {})} dangerouslySetInnerHTML={{ __html: svg }} />;
}
