/** Modules of white that scanners need around a code. */
const quiet = 4;

/** A QR code from the path of its dark modules, a unit each: dark on white in every theme. */
export function QRCode({ size, path, label }: { size: number; path: string; label: string }) {
    const side = size + 2 * quiet;
    return (
        <svg className="qr-code" role="img" aria-label={label} viewBox={`${-quiet} ${-quiet} ${side} ${side}`} shapeRendering="crispEdges">
            <rect x={-quiet} y={-quiet} width={side} height={side} fill="white" />
            <path d={path} fill="black" />
        </svg>
    );
}
