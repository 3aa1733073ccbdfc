/**
 * A UUIDv7 (RFC 9562): the client names the record that it makes, so that asking again after a lost connection makes no second one.
 */
export function newId(now: number = Date.now(), random: Uint8Array = crypto.getRandomValues(new Uint8Array(10))): string {
    const time = now.toString(16).padStart(12, "0");
    const tail = [...random].map((byte, index) => {
        const value = index === 0 ? (byte & 0x0f) | 0x70 : index === 2 ? (byte & 0x3f) | 0x80 : byte;
        return value.toString(16).padStart(2, "0");
    }).join("");
    return `${time.slice(0, 8)}-${time.slice(8)}-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8)}`;
}
