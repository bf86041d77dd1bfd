/** What a chip looks like. */
import type { Chip } from "../ipc";

const chips: Record<Chip, string> = {
  recent: "ok check",
  idle: "clock",
  stale: "warn clock",
  new: "info plus",
  noUse: "info dash",
  unreadable: "dash",
  frozen: "dash",
  notReported: "dash",
  expired: "bad close",
  revoked: "bad close",
  thisApp: "info key",
};

/** The classes of a chip: its color, and what is drawn in it. */
export const chipLook = (chip: Chip) => `chip state ${chips[chip]}`;
