/** What the app did and what the servers logged, day by day. */
import type { ActivityView, ActView, LogEntryView, ServerActivityView } from "../ipc";

export interface Day {
  day: string;
  name: string;
  date: string;
  acts: readonly ActView[];
  log: readonly LogEntryView[];
  /** Whether the logs were not read as far back as this. */
  logEnded: boolean;
}

/** The days of both, the last one first. Of a day that one of them was not read back to, nothing is reported. */
export function together(app: ActivityView | null, server: ServerActivityView | null): Day[] {
  const days = new Map<string, Day>();
  const cut = app !== null && app.shown < app.total ? (app.days.at(-1)?.day ?? "") : "";
  const end =
    server?.older === true ? (server.days.findLast(({ day }) => day !== "")?.day ?? "") : "";
  for (const { day, name, date, done } of app?.days ?? []) {
    days.set(day, { day, name, date, acts: done, log: [], logEnded: day < end });
  }
  for (const { day, name, date, done } of server?.days ?? []) {
    // What has no date that can be read is on no day before another.
    if (day !== "" && day < cut) continue;
    const known = days.get(day) ?? { day, name, date, acts: [], logEnded: false };
    days.set(day, { ...known, log: done });
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? 1 : -1));
}

/** A search with a day in it, in place of any other; without it if it was there. */
export function withDay(text: string, day: string): string {
  const words = text
    .split(/\s+/)
    .filter((word) => word !== "" && !/^\d{4}-\d\d(-\d\d)?$/.test(word));
  return [...words, ...(text.includes(day) ? [] : [day])].join(" ");
}
