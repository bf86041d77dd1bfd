/** What is asked again with each status, and what is not: a load of 100,000 tokens sends 50 of them. */
import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import { m } from "../src/messages";
import { signInText } from "../src/sign-in/messages";
import { settle, tell } from "./fake";
import { choose, chooseItem, click, field, open, press, text } from "./open";
import { start, staging, status, connection } from "./samples";

/** Statuses as they come while a list is loaded: only what has arrived differs. */
async function told(n: number, change: Parameters<typeof status>[0] = {}) {
  for (let loaded = 1; loaded <= n; loaded += 1) {
    await tell.changed(status({ syncing: true, loaded: loaded * 2000, ...change }));
    await vi.advanceTimersByTimeAsync(300);
  }
}

test.each([
  ["Server", "journalServer"],
  ["This app", "journalShow"],
] as const)("the activity of %s is read once for a load", async (source, command) => {
  const { called } = await open();
  await click(m.activity);
  await choose(source);
  await settle();
  const before = called(command).length;
  await told(5);
  expect(called(command)).toHaveLength(before);
  await told(2, { generation: 2 });
  expect(called(command)).toHaveLength(before + 1);
  await told(2, { generation: 2, connections: [connection, staging] });
  expect(called(command)).toHaveLength(before + 2);
});

test("what is typed is looked for once the typing rests", async () => {
  const { called } = await open();
  await click(m.activity);
  await choose("Server");
  const before = called("journalServer").length;
  const filter = screen.getByRole("searchbox");
  for (const value of ["k", "ke", "key"]) {
    await fireEvent.input(filter, { target: { value } });
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(called("journalServer")).toHaveLength(before);
  await vi.advanceTimersByTimeAsync(200);
  expect(called("journalServer").slice(before)).toEqual([["journalServer", "key"]]);
});

test("the report and the saved views are counted once for a load", async () => {
  const { called } = await open();
  await click(m.auditReport);
  const before = [called("auditShow").length, called("savedList").length];
  await told(5);
  expect([called("auditShow").length, called("savedList").length]).toEqual(before);
  await told(2, { generation: 2 });
  const [audit = 0, saved = 0] = before;
  expect([called("auditShow").length, called("savedList").length]).toEqual([audit + 1, saved + 1]);
});

test("with each minute the words for times are asked for again", async () => {
  const { called } = await open();
  await press("ArrowDown");
  await press("Enter");
  const times = ["tokensQuery", "tokensDetails", "savedList"] as const;
  const asked = () => times.map((command) => called(command).length);
  const before = asked();
  await tell.changed(status());
  await settle();
  expect(asked()).toEqual(before);
  await tell.changed(status({ minute: 1 }));
  await settle();
  expect(asked()).toEqual(before.map((n) => n + 1));
  await click(m.auditReport);
  const audits = called("auditShow").length;
  await tell.changed(status({ minute: 2 }));
  await settle();
  expect(called("auditShow")).toHaveLength(audits + 1);
});

test("a load is said as long as it goes on", async () => {
  await open();
  await tell.changed(status({ syncing: true, loaded: 2000 }));
  await vi.advanceTimersByTimeAsync(150);
  expect(text()).toContain("Refreshing");
  await tell.changed(status({ syncing: true, loaded: 4000 }));
  await vi.advanceTimersByTimeAsync(20);
  expect(text()).toContain("Refreshing");
});

test("a click on a notification while the connect screen is open is done after it", async () => {
  const filter = { text: "expires:<=7d", view: "all", sort: "expires", descending: true } as const;
  let view = start();
  await open(start(), { connectionsStart: () => view });
  await chooseItem(m.menu.connect);
  view = start({ opened: filter });
  await tell.watchOpened();
  await settle();
  expect(screen.queryByRole("grid")).toBeNull();
  await click(m.cancel);
  await settle();
  expect(field(/Search/).value).toBe("expires:<=7d");
});

test("a connection that is made begins with all of its tokens, whatever was clicked on before", async () => {
  const filter = { text: "expires:<=7d", view: "all", sort: "expires", descending: true } as const;
  let view = start();
  const { called } = await open(start(), { connectionsStart: () => view });
  await chooseItem(m.menu.connect);
  view = start({ opened: filter, status: status({ generation: 2 }) });
  await tell.watchOpened();
  await click(signInText.submit.apiToken);
  await settle();
  expect(field(/Search/).value).toBe("");
  expect(called("tokensQuery").at(-1)?.[1]).toMatchObject({ text: "" });
  expect(called("connectionsStart")).toHaveLength(1);
});
