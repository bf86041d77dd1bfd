/** A small drawing of the use of each row, fetched once the rows stand still. */
import * as ipc from "../ipc";
import type { KeyView, RowView } from "../ipc";

/** Nobody looks at drawings while typing or scrolling, and neither should wait for them. */
const STILL_MS = 150;
/** Rows that come back have their drawing at once; more than a few windows of them do not. */
const MOST_HELD = 600;

const nameOf = ({ connection, id }: KeyView) => `${connection} ${id}`;

export class Sparks {
  #levels = $state.raw<Readonly<Record<string, string>>>({});
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wanted: readonly RowView[] = [];

  /** A letter for each bar of a row; none until it is known. */
  of(key: KeyView): string {
    return this.#levels[nameOf(key)] ?? "";
  }

  /** These are the rows now: what is drawn of them is read anew. */
  want(rows: readonly RowView[]): void {
    this.#wanted = rows;
    clearTimeout(this.#timer);
    if (rows.length > 0) this.#timer = setTimeout(() => void this.#ask(rows), STILL_MS);
  }

  async #ask(rows: readonly RowView[]): Promise<void> {
    const keys = rows.map(({ key }) => key);
    // Without a history there is nothing to draw; the panel of a token says why.
    const levels = await ipc.call.tokensSparks(keys).catch(() => []);
    if (this.#wanted !== rows) return;
    const held = Object.keys(this.#levels).length > MOST_HELD ? {} : this.#levels;
    const read = keys.map((key, at) => [nameOf(key), levels[at] ?? ""]);
    this.#levels = { ...held, ...Object.fromEntries(read) };
  }
}

/** As many as the shell gives; fewer stand at the end, where today is. */
const MOST_BARS = 20;
const HEIGHT = 14;
const STEP = 3;

/** Bars as a shape to clip to: silence is low, of what is not known there is none. */
export function drawn(levels: string): string {
  const from = MOST_BARS - levels.length;
  const bar = (level: string, at: number) => {
    const height = level === "." ? 1 : (Number(level) * HEIGHT) / 4;
    return level === "?" ? "" : `M${(from + at) * STEP} ${HEIGHT}h2v-${height}h-2z`;
  };
  return levels === "" ? "" : `path("${[...levels].map(bar).join("")}")`;
}
