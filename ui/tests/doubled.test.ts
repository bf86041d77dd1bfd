/**
 * Servers choose ids, names and texts, and admins choose labels: any of them may come twice. Each screen
 * then draws both, and none is taken down by it.
 */
import { fireEvent, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { bulkText } from "../src/bulk-revoke/messages";
import type { BulkRevokeOutcomeName, SavedView, SuggestionView } from "../src/ipc";
import { unresolvedText } from "../src/unresolved/messages";
import { m } from "../src/messages";
import { signInText } from "../src/sign-in/messages";
import { audit } from "./audit-sample";
import { settle, shell } from "./fake";
import { button, choose, click, grid, open, press, text, type, unconnected } from "./open";
import { noLog } from "./activity-sample";
import {
  answer,
  bulkRevokePlan,
  connection,
  details,
  key,
  plan,
  row,
  start,
  status,
  watch,
} from "./samples";

const twice = <T>(thing: T): T[] => [thing, { ...thing }];
const doubled = (thing: string): string[] => [thing, thing];
/** How often the page says something. */
const times = (said: string) => text().split(said).length - 1;

/** What takes a screen down is thrown while it is drawn, where nobody catches it. */
const thrown: unknown[] = [];
const caught = (error: unknown) => thrown.push(error);
beforeEach(() => {
  thrown.length = 0;
  process.on("uncaughtException", caught);
  process.on("unhandledRejection", caught);
});
afterEach(async () => {
  await vi.dynamicImportSettled();
  process.off("uncaughtException", caught);
  process.off("unhandledRejection", caught);
  expect(thrown).toEqual([]);
});

async function withDetails(given: Parameters<typeof open>[1] = {}) {
  const running = await open(start(), given);
  await press("ArrowDown", {}, grid());
  await press("Enter", {}, grid());
  return running;
}

const ofTwice = {
  ...details(key(0)),
  scopes: doubled("translations:read"),
  findings: details(key(0)).findings.flatMap(twice),
  deliveries: twice({
    to: "file ~/.token",
    at: { text: "today", title: null, local: null, muted: false },
  }),
};

test("the list", async () => {
  const rows = twice(row(0));
  const problem = { start: 0, end: 1, message: "No such key." };
  const list = { ...answer({ top: 0, len: 2, seq: 0, anchor: null }, 2), rows };
  await open(start({ list }), {
    tokensQuery: ({ seq }) => ({ ...list, seq, problems: twice(problem) }),
  });
  expect(screen.getAllByText("token-0")).toHaveLength(2);
});

test("the details", async () => {
  await withDetails({ tokensDetails: () => ofTwice });
  const panel = within(screen.getByRole("complementary"));
  expect(panel.getAllByText("translations:read")).toHaveLength(2);
  expect(panel.getAllByText("Unused for 219 days (limit 90).")).toHaveLength(2);
  expect(panel.getAllByText("file ~/.token")).toHaveLength(2);
});

test("the question before a revoke", async () => {
  await open(start(), { tokensPreviewRevoke: (of) => ({ ...plan(of), token: ofTwice }) });
  await press("ArrowDown", {}, grid());
  await press("Delete", {}, grid());
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.getAllByText("translations:read")).toHaveLength(2);
});

test("the form of a new token", async () => {
  const [project] = connection.projects;
  if (project === undefined) throw new Error("no project");
  const of = { ...connection, projects: twice(project) };
  const now = status({ connections: [of, { ...of, id: 2 }] });
  const { fake } = shell();
  await open(start({ status: now }), {
    tokensSync: () => now,
    tokensFormLike: async (of) => {
      const like = await fake.tokensFormLike(of);
      return { ...like, scopes: doubled("glossary:read") };
    },
    tokensCheckCreate: async (request) => {
      const check = await fake.tokensCheckCreate(request);
      return { ...check, warnings: doubled("It never ends.") };
    },
  });
  await press("ArrowDown", {}, grid());
  await press("Enter", {}, grid());
  await click("Duplicate…");
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.getAllByRole("option", { name: "Marketing Website" })).toHaveLength(2);
  // Both are one choice.
  expect(dialog.getAllByText("glossary:read")).toHaveLength(1);
  expect(times("It never ends.")).toBe(2);
});

test("the report", async () => {
  const sentence = "Acme: No creator was compared with the members.";
  await open(start(), { auditShow: () => ({ ...audit(), unchecked: doubled(sentence) }) });
  await click(m.auditReport);
  expect(times(sentence)).toBe(2);
});

test("the activity of the server", async () => {
  const at = { text: "14:02", title: null, local: null, muted: false };
  const entry = { at, who: "Ole Dahl", says: "created a key", raw: "", ofTokens: false };
  const day = { day: "2026-11-24", name: "Today", date: "", done: twice(entry) };
  const problems = doubled("Acme did not answer.");
  await open(start(), { journalServer: () => ({ ...noLog, days: [day], total: 2, problems }) });
  await click(m.activity);
  expect(times("Ole Dahl")).toBe(2);
  expect(times("Acme did not answer.")).toBe(2);
});

test("the questions to owners", async () => {
  await open(start(), {
    decisionsQuestions: () => twice({ person: "Ole Dahl", tokens: 2 }),
  });
  await press("ArrowDown", {}, grid());
  await press("d", {}, grid());
  await choose("Ask owner");
  expect(screen.getAllByText("Ole Dahl")).toHaveLength(2);
});

test("a plan to revoke many, and what came of it", async () => {
  const planned = bulkRevokePlan().tokens.flatMap(twice);
  const outcome: BulkRevokeOutcomeName = "revoked";
  const tokens = planned.map(({ key, name }) => ({ key, name, outcome, says: "" }));
  await open(start(), {
    tokensQuery: (request) => ({ ...answer(request), selected: 4, selectedHere: 4 }),
    bulkRevokesPlan: () => ({ ...bulkRevokePlan(), tokens: planned }),
    bulkRevokesRun: () => ({ tokens, stopped: null, compared: true }),
  });
  await press("s", {}, grid());
  await press("Delete", {}, grid());
  const rows = () => within(screen.getByRole("dialog")).getAllByRole("rowheader");
  expect(rows()).toHaveLength(4);
  await click("Revoke 4 tokens");
  expect(rows()).toHaveLength(4);
});

test("the organizations to sign in to", async () => {
  const choices = twice({ id: "org-1", name: "Nordlys Apps" });
  await unconnected({
    connectionsConnect: () => ({ kind: "organization", attempt: 5, choices, lacks: null }),
  });
  await click(signInText.submit.apiToken);
  expect(screen.getAllByRole("button", { name: "Nordlys Apps" })).toHaveLength(2);
});

test("the values of a facet", async () => {
  const value = { label: "Web", count: 3, chosen: false, text: "project:Web" };
  await open(start(), { searchFacet: () => ({ values: twice(value), more: 0, cleared: null }) });
  const popover = document.getElementById("facet-project");
  if (popover === null) throw new Error("no facet");
  await fireEvent(popover, Object.assign(new Event("toggle"), { newState: "open" }));
  await settle();
  expect(within(popover).getAllByText("Web")).toHaveLength(2);
});

test("what can come next in the search", async () => {
  const offer: SuggestionView = { text: "project:Web", label: "Web", about: "", count: 3 };
  await open(start(), { searchComplete: () => ({ start: 0, end: 1, suggestions: twice(offer) }) });
  await type(/Search/, "p");
  expect(screen.getAllByRole("option", { name: /Web/ })).toHaveLength(2);
});

test("saved views", async () => {
  const view: SavedView = {
    id: 1,
    name: "CI",
    text: "name:ci",
    view: "all",
    sort: "name",
    descending: false,
    count: 5,
    problem: null,
  };
  await open(start(), { savedList: () => [view, { ...view, id: 2 }] });
  expect(screen.getAllByRole("button", { name: /^CI/ })).toHaveLength(2);
});

test("the background checks", async () => {
  await open(start(), { watchShow: () => watch({ hours: 6, stopped: doubled("Acme") }) });
  await click(m.preferences);
  expect(times("Acme, Acme")).toBe(1);
});

test("all that is told of the connections", async () => {
  const bulkRevoke = { at: "14:02", due: null, total: 3, left: 2 };
  const gone = { id: "t-1", name: "gone", seen: row(0).created, lastUsed: row(0).lastUsed };
  const now = status({
    connections: [connection, { ...connection, id: 2 }],
    shown: null,
    problems: twice({ code: "server", message: "Acme failed." }),
    unresolved: [3, 4].map((attempt) => ({
      id: { connection: 1, attempt },
      name: "deploy-bot",
      at: "14:02",
      kind: "valueLost",
      tokens: twice(key(7)),
    })),
    bulkRevokes: [1, 2].map((connection) => ({ ...bulkRevoke, connection, number: 1 })),
    news: { since: "23 Nov, 14:02", new: 0, gone: 2, vanished: twice(gone) },
  });
  await open(start({ status: now }), { tokensSync: () => now });
  const names = [...document.querySelectorAll("#connection-menu bdi")].map((it) => it.textContent);
  expect(names).toEqual(doubled(connection.label));
  expect(times("Acme failed.")).toBe(2);
  const ends = screen.getByRole("region", { name: unresolvedText.label });
  expect(within(ends).getAllByRole("button", { name: "Revoke…" })).toHaveLength(4);
  expect(screen.getAllByRole("button", { name: bulkText.goOn })).toHaveLength(2);
  button(/removed/).click();
  await settle();
  expect(within(screen.getByRole("dialog")).getAllByText("gone")).toHaveLength(2);
});
