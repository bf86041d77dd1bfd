/** What was done, one line an act, by day, beside what the servers logged. */
import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import { together } from "../src/activity/days";
import { activityText } from "../src/activity/messages";
import type { ServerActivityView, StatusView } from "../src/ipc";
import { m } from "../src/messages";
import { fileText } from "../src/fields/messages";
import { settle } from "./fake";
import { button, field, open } from "./open";
import { activity, noLog } from "./activity-sample";
import { start, status } from "./samples";

async function shown(fake: Parameters<typeof open>[1] = {}, change: Partial<StatusView> = {}) {
  const now = status(change);
  const opened = await open({ ...start(), status: now }, { tokensSync: () => now, ...fake });
  await fireEvent.click(button(m.activity));
  await settle();
  return opened;
}

/** A server's log with an entry on each of these days. */
function logged(...days: string[]): ServerActivityView {
  const at = { text: "", title: null, local: null, muted: false };
  const entry = { at, who: "Mira", says: "updated a project", raw: "", ofTokens: false };
  const done = [entry];
  return {
    ...noLog,
    days: days.map((day) => ({ day, name: day, date: "", done })),
    total: days.length,
  };
}

test("an act is one line by its day, and unfolds into the entries of the journal", async () => {
  await shown();
  const days = [...document.querySelectorAll(".activity h2")].map((it) => it.textContent.trim());
  expect(days).toEqual(["Today Tuesday, 24 November", "Yesterday Monday, 23 November"]);
  const line = screen.getByRole("button", { name: /Revoked old t-1/ });
  expect(line.getAttribute("aria-expanded")).toBe("false");
  expect(screen.queryByText("#2")).toBeNull();
  await fireEvent.click(line);
  expect(line.getAttribute("aria-expanded")).toBe("true");
  expect(screen.getByText("#2")).toBeTruthy();
  await fireEvent.click(line);
  expect(screen.queryByText("#2")).toBeNull();
});

test("an act says who did it, or that older entries don’t", async () => {
  await shown();
  await fireEvent.click(screen.getByRole("button", { name: /Kept token-3/ }));
  expect(screen.getByText(activityText.by("mira@acme.example"))).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: /Revoked old/ }));
  expect(screen.getByText(activityText.by(null))).toBeTruthy();
});

test("what is shown is exported, with its search and its filter, and shown in its folder", async () => {
  const { called } = await shown();
  await fireEvent.click(screen.getByRole("button", { name: `${activityText.filters.revoked} 1` }));
  await fireEvent.input(field(activityText.filter), { target: { value: "old" } });
  await fireEvent.click(screen.getByRole("radio", { name: activityText.sources.app }));
  await vi.advanceTimersByTimeAsync(300);
  await fireEvent.click(button(activityText.exportCsv));
  await settle();
  await fireEvent.click(button(activityText.exportSubmit));
  await settle();
  const path = "/home/mira/activity.csv";
  expect(called("journalExport")).toEqual([["journalExport", "old", "revoked", "app", path]]);
  expect(screen.getByText(activityText.exportedTo(path))).toBeTruthy();
  await fireEvent.click(button(fileText.showInFolder));
  await settle();
  expect(called("windowShowFile")).toEqual([["windowShowFile", path]]);
});

test("an export is an act that the screen shows once it is saved", async () => {
  const { called } = await shown();
  const read = () => called("journalShow").length;
  const before = read();
  await fireEvent.click(button(activityText.exportCsv));
  await vi.waitFor(() => expect(read()).toBe(before + 1));
  await fireEvent.click(button(activityText.exportSubmit));
  await vi.waitFor(() => expect(read()).toBe(before + 2));
});

test("what can be settled leads to its place above the list", async () => {
  const end = {
    id: { connection: 1, attempt: 3 },
    name: "token-3",
    at: "14:02",
    kind: "unclear" as const,
    tokens: [],
  };
  await shown({}, { unresolved: [end] });
  // Nothing is left to settle of the other act.
  expect(screen.getAllByText(activityText.resolve)).toHaveLength(1);
  await fireEvent.click(button(activityText.resolve));
  await settle();
  expect(document.querySelector(".activity")).toBeNull();
  expect(document.activeElement?.matches(".unresolved .banner")).toBe(true);
});

test("a filter shows one kind of act, and a second press all of them", async () => {
  const { called } = await shown();
  const filter = screen.getByRole("button", { name: `${activityText.filters.revoked} 1` });
  for (const [pressed, only] of [
    ["true", "revoked"],
    ["false", null],
  ]) {
    await fireEvent.click(filter);
    await vi.advanceTimersByTimeAsync(300);
    expect(filter.getAttribute("aria-pressed")).toBe(pressed);
    expect(called("journalShow").at(-1)).toEqual(["journalShow", "", only, 100]);
  }
});

test("a kind shows what it counts alone: servers’ entries are of none", async () => {
  await shown({ journalServer: () => logged("2026-11-24") });
  const log = () => document.querySelector(".activity .log");
  const source = (name: string) => screen.getByRole<HTMLInputElement>("radio", { name });
  expect(log()).not.toBeNull();
  const kind = screen.getByRole("button", { name: `${activityText.filters.revoked} 1` });
  await fireEvent.click(kind);
  await vi.advanceTimersByTimeAsync(300);
  expect([log(), source(activityText.sources.app).checked]).toEqual([null, true]);
  await fireEvent.click(source(activityText.sources.both));
  await vi.advanceTimersByTimeAsync(300);
  expect(log()).not.toBeNull();
  expect(kind.getAttribute("aria-pressed")).toBe("false");
});

test("the name of a day leaves that day alone, and a second press takes it out of the search", async () => {
  const { called } = await shown();
  const search = screen.getByRole<HTMLInputElement>("searchbox", { name: activityText.filter });
  await fireEvent.input(search, { target: { value: "old 2026-10" } });
  for (const text of ["old 2026-11-23", "old"]) {
    await fireEvent.click(screen.getByRole("button", { name: /^Yesterday/ }));
    await vi.advanceTimersByTimeAsync(300);
    expect(search.value).toBe(text);
    expect(called("journalShow").at(-1)).toEqual(["journalShow", text, null, 100]);
    expect(called("journalServer").at(-1)).toEqual(["journalServer", text]);
  }
});

test("a lane without entries leaves its room to the other", async () => {
  const nothing = { ...activity(), days: [], shown: 0, total: 0, entries: 0 };
  await shown({ journalShow: () => nothing, journalServer: () => logged("2026-11-24") });
  expect(document.querySelectorAll(".activity section > *:not(h2)")).toHaveLength(1);
  expect(screen.getByText("Mira")).toBeTruthy();
  expect(screen.getByText(activityText.count(nothing), { exact: false })).toBeTruthy();
  // The zone is said of the entries that are there.
  expect(screen.getByText(/times in/).textContent).toContain(activityText.sources.server);
  await fireEvent.click(screen.getByRole("radio", { name: activityText.sources.app }));
  expect(screen.getByText(activityText.none.app)).toBeTruthy();
});

test("Escape empties the search, and then leaves it, so that keys are commands again", async () => {
  await shown();
  const search = screen.getByRole<HTMLInputElement>("searchbox", { name: activityText.filter });
  search.focus();
  await fireEvent.input(search, { target: { value: "old" } });
  await fireEvent.keyDown(search, { key: "Escape" });
  expect([search.value, document.activeElement]).toEqual(["", search]);
  await fireEvent.keyDown(search, { key: "Escape" });
  expect(document.activeElement).toBe(screen.getByRole("heading", { name: m.activity }));
});

test("a click on the cross empties the search as well", async () => {
  await shown();
  const search = screen.getByRole<HTMLInputElement>("searchbox", { name: activityText.filter });
  await fireEvent.input(search, { target: { value: "old" } });
  await fireEvent.click(screen.getByRole("button", { name: activityText.clear }));
  expect([search.value, document.activeElement]).toEqual(["", search]);
  expect(screen.queryByRole("button", { name: activityText.clear })).toBeNull();
});

test("what was not read is not told as nothing", () => {
  const app = activity();
  const server = logged("2026-11-24", "2026-11-22");
  const days = (cut: boolean, older: boolean) =>
    together(
      { ...app, total: cut ? 9 : 2 },
      { ...server, older, days: older ? server.days.slice(0, 1) : server.days },
    ).map(({ day, acts, log: entries, logEnded }) => [day, acts.length, entries.length, logEnded]);
  expect(days(false, false)).toEqual([
    ["2026-11-24", 1, 1, false],
    ["2026-11-23", 1, 0, false],
    ["2026-11-22", 0, 1, false],
  ]);
  // There may be acts of the 22nd among those that were not asked for.
  expect(days(true, false)).toEqual([
    ["2026-11-24", 1, 1, false],
    ["2026-11-23", 1, 0, false],
  ]);
  // An entry whose date cannot be read is left out by no day.
  expect(
    together({ ...app, total: 9 }, { ...server, days: [...server.days, ...logged("").days] }).map(
      ({ day }) => day,
    ),
  ).toEqual(["2026-11-24", "2026-11-23", ""]);
  // Nobody knows what the log says of the 23rd.
  expect(days(false, true)).toEqual([
    ["2026-11-24", 1, 1, false],
    ["2026-11-23", 1, 0, true],
  ]);
});
