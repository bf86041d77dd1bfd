/** Short statements about what was just done. */

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly bad: boolean;
}

/** Long enough to read a sentence twice. */
const SHOWN_MS = 7000;
const MOST = 3;

class Notices {
  items = $state.raw<readonly Notice[]>([]);
  #last = 0;

  /** Says it for a while. */
  say(text: string): void {
    const id = this.#add(text, false);
    setTimeout(() => this.close(id), SHOWN_MS);
  }

  /** Says it until it is closed: a failure must not pass unseen. */
  warn(text: string): void {
    this.#add(text, true);
  }

  close(id: number): void {
    this.items = this.items.filter((notice) => notice.id !== id);
  }

  #add(text: string, bad: boolean): number {
    this.#last += 1;
    this.items = [...this.items.slice(1 - MOST), { id: this.#last, text, bad }];
    return this.#last;
  }
}

export const notices = new Notices();
