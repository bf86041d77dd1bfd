import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { m } from "../src/messages";
import { settle, tell } from "./fake";
import { button, click, open, press, text } from "./open";
import { answer, connection, counts, staging, start, status } from "./samples";

const none = () => ({ ...answer({ top: 0, len: 30, seq: 0, anchor: null }, 0), counts: counts(0) });
const empty = (change: Parameters<typeof status>[0]) =>
  open(start({ list: none(), status: status(change) }), {
    tokensQuery: ({ seq }) => ({ ...none(), seq }),
    tokensSync: () => status(change),
  });

test("a part that failed is named, and no count of such a list is final", async () => {
  const message = "The tokens of “Docs” could not be read.";
  const problems = [{ code: "forbidden" as const, message }];
  const partial = status({ complete: false, problems });
  await open(start({ status: partial }), { tokensSync: () => partial });
  expect(screen.getByRole("alert").textContent).toContain(message);
  expect(button(/~6 Stale/)).toBeTruthy();
  expect(button(/– Expired/), "no zero from a partial list").toBeTruthy();
});

test("a server that refuses is not said to be gone", async () => {
  const problems = [{ code: "forbidden" as const, message: "Only owners and admins may." }];
  const refused = status({ asOf: "14:02", problems });
  await open(start({ status: refused }), { tokensSync: () => refused });
  expect(screen.getByRole("alert").textContent).toContain("Showing tokens from 14:02.");
});

test("an offline copy says how old it is, and can be tried again", async () => {
  const problems = [{ code: "unreachable" as const, message: "The server could not be reached." }];
  const offline = status({ asOf: "23 Nov, 14:02", problems, reached: "none" });
  const { called } = await open(start({ status: offline }), { tokensSync: () => offline });
  expect(screen.getByRole("alert").textContent).toContain(
    "Offline. Showing tokens from 23 Nov, 14:02.",
  );
  expect(screen.getByText("token-0")).toBeTruthy();
  await click(m.retry);
  expect(called("tokensSync")).toHaveLength(2);
});

test("one connection out of reach is not said of the others", async () => {
  const problems = [{ code: "unreachable" as const, message: "Not reached." }];
  const partly = status({
    shown: null,
    connections: [connection, staging],
    asOf: "14:02",
    problems,
    reached: "some",
  });
  await open(start({ status: partly }), { tokensSync: () => partly });
  expect(screen.getByRole("alert").textContent).toContain("Some tokens are from 14:02.");
});

test("a failure of the app's own storage does not make the list old", async () => {
  const problems = [{ code: "internal" as const, message: "The app’s own storage failed." }];
  const own = status({ problems });
  await open(start({ status: own }), { tokensSync: () => own });
  expect(screen.getByRole("alert").textContent).toContain("Showing tokens from 14:02.");
});

test.each([
  ["none yet", {}, "No tokens yet"],
  [
    "no permission",
    { asOf: null, problems: [{ code: "forbidden" as const, message: "Refused." }] },
    "You can’t view tokens",
  ],
  ["not loaded", { asOf: null }, "Waiting for the server"],
  ["loading", { asOf: null, syncing: true }, "Loading tokens…"],
])("an empty list says why: %s", async (_, change, words) => {
  await empty(change);
  expect(text()).toContain(words);
});

test("a change of the list is asked for, and a word of progress is not a change", async () => {
  const { called } = await open();
  await tell.changed(status({ syncing: true, loaded: 12_400 }));
  await settle();
  expect(called("tokensQuery")).toEqual([]);
  await tell.changed(status({ generation: 2 }));
  await settle();
  expect(called("tokensQuery")).toHaveLength(1);
});

test("a refresh is shown only when it takes a while", async () => {
  await open();
  await tell.changed(status({ syncing: true, loaded: 12_400 }));
  await settle();
  expect(text()).not.toContain("Refreshing…");
  for (let i = 0; i < 10; i += 1) await settle();
  expect(text()).toContain("Refreshing… 12,400 tokens");
  await tell.changed(status());
  await settle();
  expect(text()).toContain("Updated 14:02");
});

test("a refresh that takes a while can be stopped", async () => {
  const { called } = await open();
  await tell.changed(status({ syncing: true }));
  for (let i = 0; i < 11; i += 1) await settle();
  await click(m.statusBar.stop);
  expect(called("tokensStopSync")).toHaveLength(1);
  await tell.changed(status());
  await settle();
  expect(text()).not.toContain(m.statusBar.stop);
});

test("Ctrl R refreshes the list and never reloads the page", async () => {
  const { called } = await open();
  const event = await press("r", { ctrlKey: true });
  expect(event.defaultPrevented).toBe(true);
  expect(called("tokensSync")).toHaveLength(2);
});

test("a state that was overtaken on its way does not come back", async () => {
  await open();
  const older = status({ asOf: "14:01" });
  await tell.changed(status({ asOf: "14:03" }));
  await tell.changed(older);
  await settle();
  expect(text()).toContain("Updated 14:03");
  expect(text()).not.toContain("Updated 14:01");
});

test("a keychain that gives nothing can be tried again, and asks for no sign-in", async () => {
  const message = "The keychain is locked, so the sign-in could not be read.";
  const problems = [{ code: "keychain" as const, message }];
  const locked = status({ asOf: "14:02", problems });
  let answered = locked;
  const { called } = await open(start({ status: locked }), { tokensSync: () => answered });
  expect(screen.getByRole("alert").textContent).toContain(message);
  expect(screen.queryByRole("button", { name: "Sign in again" })).toBeNull();
  const before = called("tokensSync").length;
  answered = status();
  await click(m.retry);
  expect(called("tokensSync")).toHaveLength(before + 1);
  expect(screen.queryByRole("alert")).toBeNull();
});
