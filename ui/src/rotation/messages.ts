/** All text of rotations. */
import type { DetailsView, PlaceView, StepState } from "../ipc";
import { count } from "../messages";

/** Usually the old token has to be quiet for a day. */
export const USUAL_HOURS = 24;
/** Whether the app itself, as a place, signs in with the new token: to revoke that would sign it out. */
export const isMoved = (places: readonly PlaceView[]) =>
  places.some(({ role, done }) => role === "app" && done !== null);
export type QuietChoice = number | "other";

export const rotateText = {
  title: (name: string) => `Rotate “${name}”`,
  facts: ({ project, lastUsed, expires }: DetailsView) =>
    [
      project,
      lastUsed.muted ? lastUsed.text.toLowerCase() : `last used ${lastUsed.text}`,
      expires.muted ? "never expires" : `expires ${expires.text}`,
    ].join(" · "),
  more: (n: number) => `${count(n, "more selected token")} after this one`,
  ended: (n: number) =>
    n === 1 ? "1 token is still selected." : `${count(n, "token")} are still selected.`,
  name: "New token",
  places: "Where the old one lives",
  counts: (ready: number, byHand: number) =>
    [ready > 0 && `${ready} to update for you`, byHand > 0 && `${byHand} by hand`]
      .filter(Boolean)
      .join(", "),
  none: "No places recorded. Copy the new value to where it’s needed.",
  ready: "Ready",
  byHand: "By hand",
  leaveOut: (place: string) => `Leave out ${place}`,
  add: "Add a place",
  addHint: "You copy the value there, then mark it as done.",
  addPlace: "Add place",
  quiet: "Ready to revoke after the old one is unused for",
  hours: [
    [USUAL_HOURS, "24 hours"],
    [48, "48 hours"],
    [168, "7 days"],
    ["other", "Other…"],
  ] satisfies [QuietChoice, string][],
  other: "Hours",
  job: "Longest job that uses it (hours)",
  least: (hours: number, byRhythm: number) => {
    const counted = "Counted from the first use of the new one.";
    if (hours === 0) return counted;
    const why =
      hours > byRhythm ? "the longest job runs that long" : "that’s twice its longest usual gap";
    // What is typed beside it is in hours.
    const days = hours > 96 ? ` (about ${count(Math.round(hours / 24), "day")})` : "";
    const long = count(hours, "hour") + days;
    return `At least ${long}, because ${why}. ${counted}`;
  },
  alone:
    "Only this app is known to use it. Once it signs in with the new token, you can revoke the old one. Anything else that uses the old one fails then.",
  promise: "Both tokens work until you revoke the old one, and this app never does that for you.",
  leaked: "Leaked?",
  revokeFirst: "Revoke it first",
  submit: "Rotate token",
  busy: "Creating…",
};

export const handoverText = {
  title: (name: string, done: number, of: number) =>
    of === 0
      ? `Created “${name}”. The old one still works.`
      : `Created “${name}”. ${done} of ${count(of, "place")} ${done === 1 || of === 1 ? "has" : "have"} it.`,
  deliver: (n: number) => `Deliver to ${count(n, "place")}`,
  busy: "Delivering…",
  done: (at: string) => `Done ${at}`,
  failed: "Failed",
  again: "Try again",
  againTo: (place: string) => `Try again: ${place}`,
  markDone: "Mark done",
  nextOwn: "Next: revoke the old token in Rotations. Entri Tokens signs in with the new one.",
  next: (quiet: string) =>
    `Next: this app watches for the first use of the new token, then for ${quiet}.`,
  left: (n: number) => `${count(n, "place")} left. Once you close, this value is gone.`,
  leaving: (n: number) =>
    n === 1 ? "1 place doesn’t have the new value." : `${n} places don’t have the new value.`,
  cancel: "Cancel rotation…",
  cancelTitle: (old: string) => `Cancel the rotation of “${old}”?`,
  cancelText: (name: string, old: string, done: number) =>
    `“${name}” is revoked immediately, and its value is lost. “${old}” stays active.${
      done === 0
        ? ""
        : ` ${count(done, "place")} already ${done === 1 ? "has" : "have"} the new value and will fail until you restore the old one there.`
    }`,
  cancelSubmit: "Revoke new token",
};

export const rotationsText = {
  explanation: "Both tokens work until you revoke the old one. The app never revokes on its own.",
  none: "No rotations yet. Press R to choose a token to rotate.",
  columns: [
    "Token",
    "Created",
    "Delivered",
    "New in use",
    "Old quiet",
    "Revoked",
    "Waiting for",
    "Next",
  ],
  actions: "Actions",
  finished: (n: number) => `Finished (${n})`,
  states: {
    done: "Done: ",
    now: "Now: ",
    stuck: "Stuck: ",
    toDo: "To do: ",
    canceled: "Canceled: ",
  } satisfies Record<StepState, string>,
  stuck: "Stuck",
  revoke: "Revoke…",
  revokeNew: "Revoke new…",
  done: "Mark done…",
  markDone: (place: string) => `Mark done: ${place}`,
  end: "End rotation…",
  endTitle: (name: string) => `End the rotation of “${name}”?`,
  endText: (old: string, name: string | null) =>
    `${name === null ? `“${old}” stays` : `“${old}” and “${name}” both stay`} active. The rotation can’t be resumed.`,
  endSubmit: "End rotation",
  rotate: "Rotate a token…",
  cancel: "Cancel rotation…",
  shows: ["Show old token", "Show new token"],
  more: (name: string) => `More for ${name}`,
};
