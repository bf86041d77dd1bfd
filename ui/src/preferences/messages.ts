/** All text of the preferences. */
import type { KeptView, Setting, Settings, WatchView } from "../ipc";
import { count } from "../messages";

type Key = keyof Settings;

export const preferencesText = {
  title: "Preferences",
  explanation: "Settings take effect immediately and apply to this computer.",
  sections: {
    appearance: "Appearance",
    time: "Time",
    safety: "Safety",
    checks: "Background checks",
    keyboard: "Keyboard",
    storage: "Data and storage",
    network: "Network",
    updates: "Updates",
    about: "About",
  },
  labels: {
    theme: "Theme",
    density: "Density",
    textSize: "Text size",
    zone: "Time zone",
    clearClipboard: "Clear the clipboard after",
    countdown: "Countdown before revoking",
    singleKeys: "Single-key shortcuts",
  } satisfies Record<Key, string>,
  systemNow: (dark: boolean) => `System follows your desktop, now ${dark ? "dark" : "light"}`,
  system: "System follows your desktop",
  density: "Rows are 44 or 36 px tall",
  textSize: [
    ["Ctrl +", ""],
    ["Ctrl −", ""],
    ["Ctrl 0", "anywhere"],
  ] as const,
  zone: "For times on screen. Files and reports always use UTC.",
  clearClipboard: "Only if it still holds the token",
  countdown: "Time to stop a single revoke. Skipped in an incident.",
  single: [
    ["C", "create,"],
    ["R", "rotate,"],
    ["/", "search."],
  ] as const,
  singleKeys: "When off, letters and symbols do nothing on their own.",
  smaller: "Smaller",
  larger: "Larger",
  themes: [
    ["system", "System"],
    ["light", "Light"],
    ["dark", "Dark"],
  ] as const,
  densities: [
    ["comfortable", "Comfortable"],
    ["compact", "Compact"],
  ] as const,
  zones: (here: string) =>
    [
      ["utc", "UTC"],
      ["local", `Local (${here})`],
    ] as const,
  clears: [10, 20, 30, 60, 120, 0],
  countdowns: [3, 5, 10, 0],
  /** What is so, and isn’t set here: the section, what it is called, what is to be said of it, and its value. */
  facts: (proxy: string | null, version: string) =>
    [
      [
        "network",
        "Proxy",
        "From HTTPS_PROXY, ALL_PROXY and NO_PROXY as they were at the start. Apart from a sign-in window, the app reaches only the servers you connect to.",
        proxy ?? "None",
      ],
      [
        "updates",
        "New versions",
        "The app never updates itself or checks for updates. Get new versions from your system’s updates or where you got this one.",
        "",
      ],
      [
        "about",
        "Entri Tokens",
        "MIT or Apache 2.0. In a package, the licenses of all parts are in /usr/share/doc/entri-tokens/third-party.gz. Verify one by its SHA256SUMS.",
        version,
      ],
    ] as const,
  seconds: (seconds: number, none: string) => (seconds === 0 ? none : count(seconds, "second")),
  never: "Never",
  off: "Off",
  on: "On",
  resetTo: (value: string) => `Reset to ${value}`,
  resetAll: "Reset all…",
  resetTitle: "Reset all preferences?",
  resetText: "Every setting on this page goes back to its default, except background checks.",
  resetSubmit: "Reset all",
  wereReset: "All preferences are at their defaults, except background checks.",
};

/** A value in the words of its control. */
export function valueText(setting: Setting, here: string): string {
  const t = preferencesText;
  const of = <T>(choices: readonly (readonly [T, string])[], value: T) =>
    choices.find(([it]) => it === value)?.[1] ?? "";
  if (setting.name === "theme") return of(t.themes, setting.value);
  if (setting.name === "density") return of(t.densities, setting.value);
  if (setting.name === "zone") return of(t.zones(here), setting.value);
  if (setting.name === "textSize") return `${String(setting.value)}%`;
  if (setting.name === "clearClipboard") return t.seconds(setting.value, t.never);
  if (setting.name === "countdown") return t.seconds(setting.value, t.off);
  return setting.value ? t.on : t.off;
}

/** All text of the background checks. */
export const checksText = {
  about:
    "Get notified when tokens become stale, stay unused, or are 30, 14, 7 days or 1 day from expiring, " +
    "and when a scheduled revocation is due. Nothing is revoked automatically.",
  every: "Check tokens in the background",
  /** In hours. A screen reader hears more than the button has room for. */
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
  reset: "Reset to Off",
  atLogin: "Start when you sign in to this computer",
  checksFirst: "Turn on background checks first",
  minimized: "With its window minimized",
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

/** All text of what is kept where. */
export const keptText = {
  folders: {
    data: "Connections, lists, history, journal, settings",
    page: "Web view data",
    cache: "Cache",
  } satisfies Record<KeptView, string>,
  open: "Open folder",
  keychain: "Keychain",
  keychainAbout: "Sign-ins, the fingerprint key, and the journal’s last seal",
  entries: (entries: number | null) =>
    entries === null ? "Not available" : count(entries, "entry", "entries"),
  export: "Export all app data",
  exportAbout: "A copy of the data folder, without any sign-in or value.",
  exportSubmit: "Export everything…",
  exporting: "Exporting…",
  exported: (folder: string) => `Exported everything to the folder ${folder}.`,
  erase: "Erase all app data",
  eraseAbout: "All of the above. Your tokens on the server stay as they are.",
  valueWaits: "A new token’s value waits. Deliver it first, or close its dialog.",
  revokes: "Tokens are being revoked. Wait until that is done.",
  eraseSubmit: "Erase everything…",
};
