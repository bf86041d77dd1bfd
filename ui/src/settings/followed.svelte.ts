/** What a person set for the whole app, as far as every part of the page follows it. */
import type { Settings } from "../ipc";

class Followed {
  /** Nothing is set until the shell has told it. */
  now = $state.raw<Partial<Settings>>({});

  /** How tall a row of the list is, in pixels. */
  row = $state(44);

  follow(now: Settings): void {
    this.now = now;
    this.row = now.density === "compact" ? 36 : 44;
    const { style } = document.documentElement;
    style.setProperty("color-scheme", now.theme === "system" ? "" : now.theme);
    style.setProperty("--row", `${this.row}px`);
  }
}

export const settings = new Followed();
