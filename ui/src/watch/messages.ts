/** All text of the background checks. */
import type { WatchView } from "../ipc";

export const w = {
  title: "Background checks",
  about:
    "The lists are loaded again every few hours. A notification tells once when tokens go stale, " +
    "stay unused past their grace, or expire within 30, 14, 7 days or one day, and when a planned " +
    "clean-up is due. Nothing is ever revoked by a check.",
  every: "Check every",
  /** Hours; what is read out says more than what is seen. */
  choices: [
    [0, "Off", "Off"],
    [1, "1 h", "1 hour"],
    [3, "3 h", "3 hours"],
    [6, "6 h", "6 hours"],
    [12, "12 h", "12 hours"],
    [24, "24 h", "24 hours"],
  ] as const,
  inTray: "Closing the window keeps the app in the tray. Quit there ends it.",
  noTray:
    "This desktop shows no tray icon, so checks run only while the window is open: minimize it " +
    "instead of closing it.",
  nothing: "Nothing is checked: the sandbox ends with the app.",
  next: (next: string) => `The next check: ${next}.`,
  stopped: (names: readonly string[]) => `${names.join(", ")}: no checks until you sign in again.`,
  waiting: (names: readonly string[]) =>
    `${names.join(", ")}: the keychain gives no sign-in now. The checks try again.`,
  close: "Done",
} as const;

/** What is to be said of the checks as they are, a line each. */
export function said({ hours, next, stopped, waiting, inTray }: WatchView): string[] {
  if (hours === null) return [];
  return [
    inTray ? w.inTray : w.noTray,
    ...(next !== null ? [w.next(next)] : stopped.length > 0 ? [] : [w.nothing]),
    ...(stopped.length === 0 ? [] : [w.stopped(stopped)]),
    ...(waiting.length === 0 ? [] : [w.waiting(waiting)]),
  ];
}
