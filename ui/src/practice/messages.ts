/** All text of drills. */
import type { DrillKind } from "../ipc";
import { count } from "../messages";

const labels: Record<DrillKind, string> = {
  leak: "Practice a leak",
  rotation: "Practice a rotation",
};
const tasks: Record<DrillKind, string> = {
  leak: "A support ticket quotes the value of a token. The value is on your clipboard. Find its token, revoke it, prove that the value is dead, and replace it. Keep the name that’s proposed for the new token.",
  rotation:
    "Rotate “drill-nightly” without an outage. Set the hours of quiet and of the longest job to 0, so that you don’t have to wait a day. Refresh to see what happens, and revoke the old token once nobody uses it.",
};
const steps: Record<DrillKind, readonly string[]> = {
  leak: ["Revoked", "Proven dead", "Replacement created"],
  rotation: [
    "Replacement created",
    "New one in use",
    "Late use of the old one awaited",
    "Old one revoked",
  ],
};

/** `75` is 1:15. */
const clock = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

export const practiceText = {
  labels,
  tasks,
  steps,
  clock,
  label: "Practice",
  sandbox: "This is the sandbox: no real token is touched.",
  done: (kind: DrillKind, seconds: number, missed: number) =>
    missed === 0
      ? `${labels[kind]}: done in ${clock(seconds)}, no step missed.`
      : `Practice ended at ${clock(seconds)}. You skipped ${count(missed, "step")}.`,
  missed: "(skipped)",
  copy: "Copy the value again",
  copied: "Copied the value.",
  end: "End practice",
  cleared: "Its tokens were revoked, and what was open about them was closed.",
  ended: "The practice before was ended.",
  close: "Close",
};
