/** What was seen of a token's use, beside its facts and before it is revoked. */
import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { historyText } from "../src/history/messages";
import { m } from "../src/messages";
import { fails, later, settle, tell } from "./fake";
import { click, grid, open, press, text } from "./open";
import { history, start, status } from "./samples";
import type { HistoryView, NewsView } from "../src/ipc";

async function details(given: Parameters<typeof open>[1] = {}) {
  const shell = await open(start(), given);
  grid().focus();
  await press("ArrowDown");
  await press("Enter");
  return shell;
}

const bars = () => [...screen.getByRole("img", { name: historyText.bars }).children];

test("use, silence and gaps are drawn apart, and said in words", async () => {
  await details();
  expect(screen.getByRole("heading", { name: "Usage since 2 Mar 2026" })).toBeTruthy();
  const drawn = bars().map((bar) =>
    [...bar.querySelectorAll("i")].map(({ style }) => style.height).join(" "),
  );
  expect(drawn).toEqual(["100% 0%", "100% 0%", "0% 100%", "0% 0%"]);
  expect(bars()[2]?.getAttribute("title")).toBe("4 Mar 2026: no data");
  expect(document.querySelector(".use-axis")?.textContent).toBe("2 Mar 2026a day each5 Mar 2026");
  expect(text()).toContain("until 3 March, then nothing. No data for 1 day.");
});

test("what is not there is said", async () => {
  const table: [Partial<HistoryView>, string][] = [
    [
      { since: null, bars: [], words: [] },
      "No usage recorded yet. Each refresh adds what the server reports.",
    ],
    [{ reported: false }, "This server doesn’t report token usage."],
  ];
  let view = history();
  await details({ tokensHistory: () => view });
  for (const [change, said] of table) {
    view = history(change);
    await press("ArrowDown", {}, grid());
    expect(text()).toContain(said);
    expect(screen.queryByRole("img", { name: historyText.bars })).toBeNull();
  }
});

test("what a refresh brought is shown", async () => {
  let view = history();
  await details({ tokensHistory: () => view });
  view = history({ words: ["Daily."] });
  await tell.changed(status({ generation: 2 }));
  await settle();
  expect(text()).toContain("Daily.");
});

test("a history that cannot be read says why, and the facts stay", async () => {
  await details({ tokensHistory: fails("internal", "The app's history of use cannot be kept.") });
  expect(text()).toContain("The app's history of use cannot be kept.");
  expect(text()).toContain("Ole Dahl");
});

test("a late answer of another token is not shown", async () => {
  const slow = later<HistoryView>();
  await details({
    tokensHistory: (key) => (key.id === "t-0" ? slow.promise : history({ words: ["The second."] })),
  });
  await press("ArrowDown", {}, grid());
  slow.resolve(history({ words: ["The first."] }));
  await settle();
  expect(text()).toContain("The second.");
  expect(text()).not.toContain("The first.");
});

test("before a token is revoked its rhythm is said, where it is known", async () => {
  let usual = history().usual;
  await details({ tokensHistory: () => history({ usual, words: [] }) });
  await click("Revoke…");
  expect(text()).toMatch(/Usage pattern\s*Nightly around 03:00 UTC until 3 March, then nothing/);
  await click(m.cancel);
  usual = null;
  await click("Revoke…");
  expect(text()).toContain(historyText.notEnough);
});

test("before a token is revoked it is said what would have failed, had it been revoked earlier", async () => {
  const rehearsals = [
    { days: 7, says: "No recorded use would have failed." },
    { days: 30, says: "At least 12 uses would have failed." },
  ];
  await details({ tokensHistory: () => history({ rehearsals }) });
  await click("Revoke…");
  const days = screen.getByRole<HTMLSelectElement>("combobox", { name: historyText.rehearsal });
  expect(days.selectedOptions[0]?.textContent).toBe("30 days ago");
  expect(text()).toContain("At least 12 uses would have failed.");
  await fireEvent.change(days, { target: { value: "7" } });
  expect(text()).toContain("No recorded use would have failed.");
  expect(text()).not.toContain("At least 12");
});

test("a history that is too short rehearses nothing", async () => {
  await details();
  await click("Revoke…");
  expect(screen.queryByRole("combobox", { name: historyText.rehearsal })).toBeNull();
});

const told: NewsView = {
  since: "23 Nov, 14:02",
  new: 2,
  gone: 1,
  vanished: [
    {
      id: "t-77",
      name: "old-jenkins",
      seen: { text: "yesterday", title: null, local: null, muted: false },
      lastUsed: { text: "Never used", title: null, local: null, muted: true },
    },
  ],
};

test("what others did is told in the status bar, and named", async () => {
  await open(start(), { tokensSync: () => status({ news: told }) });
  await click("2 new, 1 removed since 23 Nov, 14:02");
  expect(text()).toContain("1 token was removed:");
  expect(text()).toMatch(/old-jenkins\s*t-77/);
  expect(text()).toMatch(/Last seen yesterday ·\s*Never used/);
});

test("the new tokens are a filter of the list", async () => {
  const { calls } = await open(start(), { tokensSync: () => status({ news: told }) });
  await click("2 new, 1 removed since 23 Nov, 14:02");
  await click("Show 2 new tokens");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(calls.filter(([name]) => name === "tokensQuery").at(-1)?.[1]).toMatchObject({
    rule: "new",
  });
  expect(document.activeElement).toBe(grid());
  await click("New since 23 Nov, 14:02");
  expect(calls.filter(([name]) => name === "tokensQuery").at(-1)?.[1]).toMatchObject({
    rule: null,
  });
});

test("nothing is said where nothing is different", async () => {
  await open();
  expect(text()).not.toContain("since");
});
