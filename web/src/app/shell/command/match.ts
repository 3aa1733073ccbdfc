/** A letter without case and accents; one for one, so that places in the text stay. */
const plain = (letter: string): string => (letter.normalize("NFD")[0] ?? letter).toLowerCase();

/** The text without case and accents, as long as it was. */
export const fold = (text: string): string => [...text].map(plain).join("");

const wordsOf = (query: string): string[] => fold(query).split(/\s+/).filter(Boolean);

/** Where a word stands: at the start of a word of the text first, else anywhere. */
function find(text: string, word: string): { at: number; startsWord: boolean } | null {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        if (at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1] ?? "")) return { at, startsWord: true };
    }
    const at = text.indexOf(word);
    return at < 0 ? null : { at, startsWord: false };
}

/** How well a text answers a query: 0 not at all; higher is better. Every word must be found. */
export function score(query: string, text: string): number {
    const words = wordsOf(query);
    const folded = fold(text);
    let sum = 0;
    for (const word of words) {
        const found = find(folded, word);
        if (!found) return 0;
        sum += found.at === 0 ? 4 : found.startsWord ? 3 : 1;
    }
    return words.length ? sum / words.length + (folded === words.join(" ") ? 1 : 0) : 0;
}

/** The text in pieces, those that the query names marked. */
export function marked(query: string, text: string): { text: string; isMatch: boolean }[] {
    const letters = [...text];
    const folded = letters.map(plain);
    const isMarked = letters.map(() => false);
    for (const word of wordsOf(query)) {
        const found = find(folded.join(""), word);
        if (found) for (let at = found.at; at < found.at + word.length; at++) isMarked[at] = true;
    }
    const pieces: { text: string; isMatch: boolean }[] = [];
    letters.forEach((letter, index) => {
        const last = pieces[pieces.length - 1];
        const isMatch = isMarked[index] ?? false;
        if (last && last.isMatch === isMatch) last.text += letter;
        else pieces.push({ text: letter, isMatch });
    });
    return pieces;
}
