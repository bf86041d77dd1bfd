/** What was done, one line an act, by day, beside what the servers logged. */
import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import { together } from "../src/activity/days";
import { settle } from "./fake";
import { button, open } from "./open";
import { activity, noLog } from "./samples";

async function shown(fake: Parameters<typeof open>[1] = {}) {
  const opened = await open(undefined, fake);
  await fireEvent.click(button("Activity"));
  await settle();
  return opened;
}

test("an act is one line by its day, and unfolds into the entries of the journal", async () => {
  await shown();
  const days = [...document.querySelectorAll(".activity h2")].map((it) => it.textContent);
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

test("a filter shows one kind of act, and a second press all of them", async () => {
  const { called } = await shown();
  const filter = screen.getByRole("button", { name: "Revoked 1" });
  for (const [pressed, only] of [
    ["true", "revoked"],
    ["false", null],
  ]) {
    await fireEvent.click(filter);
    await vi.advanceTimersByTimeAsync(300);
    expect(filter.getAttribute("aria-pressed")).toBe(pressed);
    expect(called("activity").at(-1)).toEqual(["activity", "", only, 100]);
  }
});

test("what was not read is not told as nothing", () => {
  const app = activity();
  const log = (day: string) => ({
    day,
    name: day,
    date: "",
    done: [
      {
        at: { text: "", title: null, local: null, muted: false },
        who: "",
        says: "",
        raw: "",
        ofTokens: false,
      },
    ],
  });
  const server = { ...noLog, days: [log("2026-11-24"), log("2026-11-22")], total: 2 };
  const days = (cut: boolean, older: boolean) =>
    together(
      { ...app, total: cut ? 9 : 2 },
      { ...server, older, days: older ? server.days.slice(0, 1) : server.days },
    ).map(({ day, deeds, log: entries, logEnded }) => [
      day,
      deeds.length,
      entries.length,
      logEnded,
    ]);
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
    together({ ...app, total: 9 }, { ...server, days: [...server.days, log("")] }).map(
      ({ day }) => day,
    ),
  ).toEqual(["2026-11-24", "2026-11-23", ""]);
  // Nobody knows what the log says of the 23rd.
  expect(days(false, true)).toEqual([
    ["2026-11-24", 1, 1, false],
    ["2026-11-23", 1, 0, true],
  ]);
});
