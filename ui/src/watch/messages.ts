/** All text of the background checks. */
import type { WatchView } from "../ipc";

export const checksText = {
  title: "Background checks",
  about:
    "Get notified when tokens become stale, stay unused, or are 30, 14, 7 days or 1 day from expiring, " +
    "and when a scheduled revocation is due. Nothing is revoked automatically.",
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
  inTray: "Closing the window keeps Entri Tokens running in the tray.",
  noTray:
    "This desktop has no system tray. Checks run only while the window is open: minimize it " +
    "instead of closing it.",
  nothing: "The sandbox isn’t checked.",
  next: (next: string) => `Next check ${next}.`,
  stopped: (names: readonly string[]) => `Sign in to ${names.join(", ")} to resume checks.`,
  waiting: (names: readonly string[]) =>
    `${names.join(", ")}: the keychain isn’t available right now. The checks will try again.`,
  close: "Done",
} as const;

/** What is to be said of the checks as they are, a line each. */
export function said({ hours, next, stopped, waiting, inTray }: WatchView): string[] {
  if (hours === null) return [];
  return [
    inTray ? checksText.inTray : checksText.noTray,
    ...(next !== null ? [checksText.next(next)] : stopped.length > 0 ? [] : [checksText.nothing]),
    ...(stopped.length === 0 ? [] : [checksText.stopped(stopped)]),
    ...(waiting.length === 0 ? [] : [checksText.waiting(waiting)]),
  ];
}
