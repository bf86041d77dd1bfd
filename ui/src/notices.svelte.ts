/** Short statements about what was just done. */

import { failure, whenMended } from "./ipc";
import type { RevokedView } from "./ipc";
import { m } from "./messages";

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly bad: boolean;
  /** Takes back what was done, or goes on with it. */
  readonly act: (() => void) | null;
  /** What that is called. */
  readonly label: string;
}

/** Long enough to read a sentence twice. */
const SHOWN_MS = 7000;
/** Long enough to think better of it. */
const ACT_MS = 10_000;
/** Of those that go by themselves. */
const MOST = 3;

class Notices {
  items = $state.raw<readonly Notice[]>([]);
  #last = 0;

  /** Says it for a while, and how to take it back, or to go on, where that can be done. Returns its id. */
  say(text: string, act: Notice["act"] = null, label: string = m.notices.undo): number {
    const id = this.#add(text, false, act, label);
    setTimeout(() => this.close(id), act === null ? SHOWN_MS : ACT_MS);
    return id;
  }

  /** Says it until it is closed, mended or left behind: a failure must not pass unseen. */
  warn(text: string): void {
    this.#add(text, true);
  }

  /** Says why something failed; that somebody canceled passes by itself. */
  failed(thrown: unknown): void {
    const { code, message } = failure(thrown);
    if (code === "declined") this.say(message);
    else this.warn(message);
  }

  /** Says that a token is revoked, and what was proven about its value. */
  revoked({ name, outcome, proof }: RevokedView): void {
    const said = [m.revoked[outcome](name), proof?.says ?? ""].join(" ").trim();
    if (proof?.proven === false) this.warn(said);
    else this.say(said);
  }

  close(id: number): void {
    this.items = this.items.filter((notice) => notice.id !== id);
  }

  /** What failed, or this part of it, is no longer so, or no longer what is worked on. */
  mended(text?: string): void {
    this.items = this.items.filter((it) => !it.bad || it.text !== (text ?? it.text));
  }

  #add(text: string, bad: boolean, act: Notice["act"] = null, label = ""): number {
    this.#last += 1;
    const kept = this.items.filter((it) => !(bad && it.bad && it.text === text));
    const timed = kept.filter((it) => !it.bad);
    // What stays until it is closed makes room for nothing.
    const room = bad ? timed : timed.slice(-(MOST - 1));
    const items = kept.filter((it) => it.bad || room.includes(it));
    this.items = [...items, { id: this.#last, text, bad, act, label }];
    return this.#last;
  }
}

export const notices = new Notices();

whenMended((text) => notices.mended(text));
