/** How well a text fits what was typed, and which of its letters are meant. */
export interface Fit {
  readonly score: number;
  /** The positions of the letters that were typed, in their order. */
  readonly at: readonly number[];
}

/** What a letter counts that begins a word, or follows the one before it; any other, and each left out in between. */
const [START, NEXT, ELSEWHERE, GAP] = [9, 10, -3, -0.25];
/** What has less for each letter is there by chance: nobody meant it. */
const LEAST = 5;

/** Each word that was typed, wherever its letters are; `null` if they aren't there, or only by chance. */
export function fit(text: string, typed: string): Fit | null {
  const letters = fold(text);
  const fits = typed
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => fitOf(letters, fold(word)));
  return fits.reduce<Fit | null>(
    (all, it) => all && it && { score: all.score + it.score, at: [...all.at, ...it.at] },
    // Of two that have them alike, the shorter one is closer to what was typed.
    { score: -text.length / 100, at: [] },
  );
}

function fitOf(text: readonly string[], wanted: readonly string[]): Fit | null {
  const best = bestOf(text, wanted);
  if (best !== null && best.score >= LEAST * wanted.length) return best;
  const from = wanted.length > 1 ? text.join("").indexOf(wanted.join("")) : -1;
  return from < 0 ? null : { score: 0, at: wanted.map((_, at) => from + at) };
}

/** Small letters, and without their marks, each in its place. */
const fold = (text: string) =>
  text.split("").map((unit) => unit.normalize("NFD").toLowerCase()[0] ?? unit);

/** A way to have the letters so far: its score, and the position of the last one; with those before it. */
interface Way {
  readonly score: number;
  readonly at: number;
  readonly before: Way | null;
}

function bestOf(text: readonly string[], wanted: readonly string[]): Fit | null {
  let ways: (Way | null)[] = [];
  for (const [index, letter] of wanted.entries()) ways = goOn(text, letter, index === 0, ways);
  const last = ways.reduce(better, null);
  if (last === null) return null;
  const at: number[] = [];
  for (let way: Way | null = last; way !== null; way = way.before) at.unshift(way.at);
  return { score: last.score, at };
}

/** The best ways to have one letter more, by its position. */
function goOn(text: readonly string[], letter: string, first: boolean, ways: (Way | null)[]) {
  /** The best one that ends before the letter just before this one. */
  let far: Way | null = null;
  return text.map((it, at): Way | null => {
    far = better(far, ways[at - 2] ?? null);
    if (it !== letter) return null;
    const own = at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? "") ? START : ELSEWHERE;
    if (first) return { score: own - at / 50, at, before: null };
    const next = ways[at - 1] ?? null;
    const near = next && { score: next.score + NEXT, at, before: next };
    const apart = far && { score: far.score + own + (at - far.at) * GAP, at, before: far };
    return better(near, apart);
  });
}

const better = (a: Way | null, b: Way | null) => (a === null || (b && b.score > a.score) ? b : a);
