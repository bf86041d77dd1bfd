/** A list that may be incomplete says so, and why, wherever something rests on it. */
import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { SavedView } from "../src/ipc";
import { m } from "../src/messages";
import { audit } from "./audit-sample";
import { later, settle, tell } from "./fake";
import { button, click, open, press, text, type } from "./open";
import {
  answer,
  bulkRevokePlan,
  connection,
  details,
  key,
  plan,
  staging,
  start,
  status,
} from "./samples";

const WHY = "The server says there are 450 tokens of the organization and gave 100.";
const torn = { ...staging, gaps: [WHY], troubled: true };

const view: SavedView = {
  id: 1,
  name: "Ours",
  text: "ci",
  view: "all",
  sort: "lastUsed",
  descending: true,
  count: 5,
  problem: null,
};

const partial = (change: Parameters<typeof status>[0] = {}) =>
  status({
    shown: null,
    connections: [connection, torn],
    complete: false,
    problems: [{ code: "server", message: `Staging server: ${WHY}` }],
    ...change,
  });

const shown = (given: Parameters<typeof open>[1] = {}) =>
  open(start({ status: partial() }), { tokensSync: () => partial(), ...given });

test("the banner says that it may be, whose it is, and why", async () => {
  await shown();
  expect(screen.getByRole("alert").textContent).toContain(
    `The list may be incomplete. Staging server: ${WHY}`,
  );
  await tell.changed(status({ connections: [connection, staging], shown: null }));
  await settle();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("while the rows of a loaded list are on their way, nobody is told that there are none", async () => {
  const read = later<undefined>();
  const list = { ...answer({ top: 0, len: 30, seq: 0, anchor: null }, 0), generation: 0 };
  await open(start({ list }), {
    tokensQuery: async (request) => {
      await read.promise;
      return answer(request);
    },
  });
  expect(text()).not.toContain(m.empty.none);
  expect(text()).toContain(m.empty.loading);
  expect(screen.getAllByRole("button", { name: m.createToken })).toHaveLength(1);
  await press("ArrowDown");
  read.resolve(undefined);
  await settle();
  expect(document.querySelector(".row.active")?.textContent).toContain("token-0");
});

test("settings that can’t be read are no reason to load the list again", async () => {
  const message = "These settings couldn’t be read: theme.";
  const now = status({ problems: [{ code: "settings", message }] });
  await open(start({ status: now }), { tokensSync: () => now });
  const banner = screen.getByRole("alert");
  expect(banner.textContent?.trim()).toBe(message);
  expect(within(banner).queryByRole("button", { name: m.retry })).toBeNull();
});

test("a token that it lacks and that may live is shown with the day it was last listed", async () => {
  const lastListed = { text: "3 weeks ago", title: "4 Nov 2026, 14:02", local: null, muted: false };
  await shown({ tokensDetails: () => ({ ...details(key(0)), lastListed }) });
  await press("ArrowDown");
  await press("Enter");
  expect(text()).toMatch(/Last listed\s*3 weeks ago\s*· The list without it was incomplete/);
});

test("no count of it stands as if it were all", async () => {
  await shown({ savedList: () => [view] });
  expect(button(/^~48 All/)).toBeTruthy();
  expect(button("API tokens ~48")).toBeTruthy();
  expect(button(/~5$/)).toBeTruthy();
  expect(screen.getByRole("contentinfo", { name: m.statusBar.label }).textContent).toContain(
    "~48 tokens",
  );
  await click(/No expiry/);
  await settle();
  expect(text()).toContain("~48 of ~48");
});

test("the audit says why, and its counts are not final", async () => {
  await shown({ auditShow: () => audit() });
  await click(/^Audit report/);
  await settle();
  expect(text()).toContain("incomplete: tokens may be missing");
  const rules = screen.getByRole("region", { name: "Findings" });
  expect(rules.textContent).toContain(`Staging server: ${WHY}`);
  expect(within(rules).getByText("~6")).toBeTruthy();
  expect(screen.getByText("~24")).toBeTruthy();
  expect(screen.getByText("90 days: ~31 tokens")).toBeTruthy();
});

test("that nothing was found in it is not said of tokens that were not read", async () => {
  await shown({ auditShow: () => ({ ...audit(), findings: [] }) });
  await click(/^Audit report/);
  await settle();
  expect(text()).toContain("All tokens that could be read comply");
  expect(text()).not.toContain("All tokens comply");
});

test("a plan to revoke says so of the connections of its tokens, and of no other", async () => {
  const of = (id: number) => ({
    ...bulkRevokePlan(),
    tokens: bulkRevokePlan().tokens.map((token) => ({ ...token, key: key(0, id) })),
  });
  let planned = of(staging.id);
  const selected = (request: Parameters<typeof answer>[0]) => ({
    ...answer(request),
    selected: 2,
    selectedHere: 2,
  });
  await open(
    start({ status: partial(), list: selected({ top: 0, len: 30, seq: 0, anchor: null }) }),
    { tokensSync: () => partial(), tokensQuery: selected, bulkRevokesPlan: () => planned },
  );
  await press("Delete");
  await settle();
  const dialog = () => screen.getByRole("dialog").textContent;
  expect(dialog()).toContain(`The list may be incomplete. ${WHY}`);
  button(m.cancel).click();
  await settle();
  planned = of(connection.id);
  await press("Delete");
  await settle();
  expect(dialog()).not.toContain("incomplete");
});

test("so does a revoke", async () => {
  await shown({
    tokensPreviewRevoke: (asked) => plan({ ...asked, connection: staging.id }, "typeName"),
  });
  await press("ArrowDown");
  await press("Delete");
  await settle();
  expect(screen.getByRole("dialog").textContent).toContain(WHY);
});

test.each([
  ["some cannot be read", { unreadable: 3 }],
  ["uses are not recorded", { frozen: 1 }],
])("no count that rests on dates is final where %s", async (_, facts) => {
  const odd = status(facts);
  const counts = {
    ...answer({ top: 0, len: 9, seq: 0, anchor: null }).counts,
    stale: 6,
    expired: 0,
  };
  const query = (request: Parameters<typeof answer>[0]) => ({ ...answer(request), counts });
  await open(start({ status: odd, list: query({ top: 0, len: 9, seq: 0, anchor: null }) }), {
    tokensSync: () => odd,
    tokensQuery: query,
  });
  expect(button(/^48 All/), "how many tokens there are is known").toBeTruthy();
  expect(button(/^~6 Stale/)).toBeTruthy();
  expect(button(/^– Expired/)).toBeTruthy();
  expect(button(/Stale/).title).toContain("Some dates aren’t known.");
});

/** What is counted beside the list: a suggestion, a value of a facet, a saved view. */
async function countedBeside(change: Parameters<typeof status>[0], filtered: boolean) {
  const given = status(change);
  const value = { label: "Web", count: 7, chosen: false, text: "project:Web" };
  const suggestion = { text: "is:stale", label: "is:stale", about: "", count: 4 };
  await open(start({ status: given }), {
    tokensSync: () => given,
    savedList: () => [view],
    searchFacet: () => ({ values: [value], more: 0, cleared: null }),
    searchComplete: () => ({ start: 0, end: 2, suggestions: [suggestion] }),
  });
  if (filtered) await click(/No expiry/);
  const opens = Object.assign(new Event("toggle"), { newState: "open" });
  document.getElementById("facet-project")?.dispatchEvent(opens);
  await settle();
  const facet = screen.getByRole("menuitemcheckbox", { hidden: true }).textContent.trim();
  const saved = button(/^Ours/).textContent.trim();
  await type(/Search/, "is");
  const suggested = screen.getByRole("option").textContent.replace(/\s+/g, " ").trim();
  return [facet, saved.replace(/\s+/g, " "), suggested];
}

test("what is counted beside the list is final where all of it was read", async () => {
  expect(await countedBeside({}, true)).toEqual(["Web7", "Ours 5", "is:stale 4"]);
});

test("nor is one of a list that may be incomplete", async () => {
  const all = ["Web~7", "Ours ~5", "is:stale ~4"];
  expect(await countedBeside({ complete: false }, false)).toEqual(all);
});

test("nor one of what is found, where some dates cannot be read", async () => {
  expect(await countedBeside({ unreadable: 3 }, true)).toEqual(["Web~7", "Ours ~5", "is:stale ~4"]);
  expect(text()).toContain("~48 of 48");
});

test("the projects of all tokens rest on no date", async () => {
  expect(await countedBeside({ unreadable: 3 }, false)).toEqual(["Web7", "Ours ~5", "is:stale ~4"]);
});

test("a list that nobody is signed in for says so above it, in the status bar and in the audit", async () => {
  const out = status({ signedOut: connection.id });
  await open(start({ status: out }), { tokensSync: () => out, auditShow: () => audit() });
  const head = screen.getByRole("heading", { name: m.title }).closest("header") as HTMLElement;
  expect(within(head).getByRole("alert").textContent).toContain(m.banner.credential);
  const bar = screen.getByRole("contentinfo", { name: m.statusBar.label });
  expect(bar.textContent).toContain(m.statusBar.signedOut);
  expect(bar.textContent).not.toContain("Signed in");
  await click("Audit report");
  await settle();
  expect(screen.getByRole("alert").textContent).toContain(m.banner.credential);
  expect(text()).not.toContain("· complete");
});
