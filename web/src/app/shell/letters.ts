/** A letter for each name, none twice: its first letters before those inside of it; a name without a free letter has none. */
export function assignLetters(names: string[], taken: string[] = []): (string | null)[] {
    const used = new Set(taken);
    return names.map((name) => {
        const plain = name.normalize("NFD").replace(/[^a-z ]/gi, "").toLowerCase();
        const starts = plain.split(" ").map((word) => word[0] ?? "");
        const letter = [...starts, ...plain.replace(/ /g, "")].find((one) => one && !used.has(one)) ?? null;
        if (letter) used.add(letter);
        return letter;
    });
}
