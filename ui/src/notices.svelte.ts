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
    this.items = [...this.items.slice(1 - MOST), { id: this.#last, text, bad, undo }];
    return this.#last;
  }
}

export const notices = new Notices();
