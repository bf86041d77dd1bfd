/** Short statements about what was just done. */

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly bad: boolean;
  /** Takes back what was done. */
  readonly undo: (() => void) | null;
}

/** Long enough to read a sentence twice. */
const SHOWN_MS = 7000;
/** Long enough to think better of it. */
const UNDO_MS = 10_000;
/** Of those that go by themselves. */
const MOST = 3;

class Notices {
  items = $state.raw<readonly Notice[]>([]);
  #last = 0;

  /** Says it for a while, and how to take it back where that can be done. */
  say(text: string, undo: (() => void) | null = null): void {
    const id = this.#add(text, false, undo);
    setTimeout(() => this.close(id), undo === null ? SHOWN_MS : UNDO_MS);
  }

  /** Says it until it is closed: a failure must not pass unseen. */
  warn(text: string): void {
    this.#add(text, true);
  }

  close(id: number): void {
    this.items = this.items.filter((notice) => notice.id !== id);
  }

  #add(text: string, bad: boolean, undo: (() => void) | null = null): number {
    this.#last += 1;
    const kept = this.items.filter((it) => !(bad && it.bad && it.text === text));
    const timed = kept.filter((it) => !it.bad);
    // What stays until it is closed makes room for nothing.
    const room = bad ? timed : timed.slice(-(MOST - 1));
    const items = kept.filter((it) => it.bad || room.includes(it));
    this.items = [...items, { id: this.#last, text, bad, undo }];
    return this.#last;
  }
}

export const notices = new Notices();
