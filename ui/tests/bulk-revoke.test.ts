/** Many tokens selected, planned and revoked. */
import { fireEvent, screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { fails, later, settle, tell } from "./fake";
import { button, field, grid, open } from "./open";
import { bulkText } from "../src/bulk-revoke/messages";
import { bulkNotices } from "../src/bulk-revoke/notices";
import type { BulkRevokeResultView, PlannedTokenView } from "../src/ipc";
import { selectionText } from "../src/list/messages";
import { m } from "../src/messages";
import { answer, bulkRevokePlan, key, start, status } from "./samples";

const press = (key: string, more: object = {}) => fireEvent.keyDown(grid(), { key, ...more });

/** Two of the rows are selected. */
async function selected(given: Parameters<typeof open>[1] = {}) {
  const shell = await open(undefined, {
    tokensQuery: (request) => ({ ...answer(request), selected: 2, selectedHere: 2 }),
    ...given,
  });
  await press("s");
  await settle();
  return shell;
}

const result: BulkRevokeResultView = {
  stopped: null,
  compared: true,
  tokens: [
    { key: key(0), name: "token-0", outcome: "revoked", says: "" },
    { key: key(1), name: "token-1", outcome: "usedSince", says: "Used 2 min ago." },
  ],
};

test("rows are selected by keys and by the box, and all at once", async () => {
  const { called } = await open();
  await press("ArrowDown");
  await press("x");
  await press("ArrowDown", { shiftKey: true });
  await settle();
  await fireEvent.click(document.querySelector("[data-position='3']") as Element, { clientX: 30 });
  await press("a", { ctrlKey: true });
  await settle();
  expect(called("tokensToggle")).toEqual([
    ["tokensToggle", key(0)],
    ["tokensToggle", key(3)],
  ]);
  expect(called("tokensSelectRows")[0]?.[1]).toMatchObject({ top: 0, len: 2 });
  expect(called("tokensSelectAll")).toHaveLength(1);
  expect(called("tokensDetails")).toEqual([]);
});

test("what is selected can be revoked beside the search, and Escape clears it", async () => {
  const { called } = await selected();
  const bar = screen.getByRole("group", { name: selectionText.label });
  expect(within(bar).getByText("2 selected")).toBeTruthy();
  expect(screen.getByRole("search")).toBeTruthy();
  await press("Escape");
  expect(called("tokensSelectNone")).toHaveLength(1);
});

test("a plan is shown in full, and Cancel has the focus", async () => {
  await selected();
  await fireEvent.click(button(selectionText.plan));
  await settle();
  expect(screen.getByRole("heading", { name: "Revoke 2 tokens?" })).toBeTruthy();
  expect(document.activeElement).toBe(button(m.cancel));
  expect(screen.getAllByText("Unused for 219 days (limit 90).")).toHaveLength(2);
});

test("tokens in use take the typed number", async () => {
  const { called } = await selected({ bulkRevokesPlan: () => bulkRevokePlan(true) });
  await press("Delete");
  await settle();
  const revoke = button("Revoke 2 tokens");
  const typed = field("Type 2 to confirm");
  expect(document.activeElement).toBe(typed);
  expect(revoke.hasAttribute("disabled")).toBe(true);
  await fireEvent.submit(revoke.closest("form") as HTMLFormElement);
  expect(called("bulkRevokesRun")).toEqual([]);
  await fireEvent.input(typed, { target: { value: " 2" } });
  await fireEvent.click(revoke);
  await settle();
  expect(called("bulkRevokesRun")).toEqual([["bulkRevokesRun", 5, " 2"]]);
});

test("a plan says that the app's own token may be among its tokens", async () => {
  const plan = { ...bulkRevokePlan(), needsCount: true, mayHaveOwn: true };
  await selected({ bulkRevokesPlan: () => plan });
  await fireEvent.click(button(selectionText.plan));
  await settle();
  const { textContent } = screen.getByRole("dialog");
  expect(textContent).toContain("Entri Tokens may be signed in with one of these");
  expect(textContent).not.toContain("in use or look");
});

test("it is watched, can be stopped, and tells what came of each", async () => {
  const run = later<BulkRevokeResultView>();
  const { called } = await selected({ bulkRevokesRun: () => run.promise });
  await fireEvent.click(button(selectionText.plan));
  await settle();
  await fireEvent.click(button("Revoke 2 tokens"));
  await settle();
  await tell.bulkRevoke({ done: 1, total: 2, name: "token-1", waits: null });
  await settle();
  expect(screen.getByText("1 of 2 done")).toBeTruthy();
  expect(screen.getByRole("progressbar")).toBeTruthy();
  const waits = "The server is rate limiting. This token is rechecked in 8 seconds.";
  await tell.bulkRevoke({ done: 1, total: 2, name: "token-1", waits });
  await settle();
  expect(screen.getByText(waits)).toBeTruthy();
  await fireEvent.keyDown(screen.getByRole("dialog"), { key: "Escape" });
  expect(screen.getByRole("dialog")).toBeTruthy();
  await fireEvent.click(button(bulkText.stop));
  expect(called("bulkRevokesStop")).toHaveLength(1);
  run.resolve(result);
  await settle();
  expect(screen.getByRole("heading", { name: "Revoked 1 of 2 tokens" })).toBeTruthy();
  expect(screen.getByText("Used 2 min ago.")).toBeTruthy();
  expect(screen.getByText(/Confirmed against a fresh list/)).toBeTruthy();
  await fireEvent.click(button(m.close));
  await settle();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a page that comes while one runs shows it as it is, with Stop", async () => {
  const run = later<BulkRevokeResultView | null>();
  const progress = { done: 3, total: 7, name: "token-3", waits: null };
  const running = start({ status: status({ bulkRevoke: { progress, connections: [1] } }) });
  const { called } = await open(running, { bulkRevokesFollow: () => run.promise });
  await settle();
  expect(screen.getByRole("heading", { name: "Revoking 7 tokens…" })).toBeTruthy();
  expect(screen.getByText("3 of 7 done")).toBeTruthy();
  await tell.bulkRevoke({ done: 4, total: 7, name: "token-4", waits: null });
  await settle();
  expect(screen.getByText("4 of 7 done")).toBeTruthy();
  await fireEvent.click(button(bulkText.stop));
  expect(called("bulkRevokesStop")).toHaveLength(1);
  run.resolve(result);
  await settle();
  expect(screen.getByRole("heading", { name: "Revoked 1 of 2 tokens" })).toBeTruthy();
  expect(called("bulkRevokesSeen")).toEqual([]);
  await fireEvent.click(button(m.close));
  await settle();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(called("bulkRevokesSeen")).toHaveLength(1);
});

test("a plan for tomorrow is scheduled at once, and can be taken back", async () => {
  const { called } = await selected({ bulkRevokesSchedule: () => [{ connection: 1, number: 7 }] });
  await press("Delete");
  await settle();
  await fireEvent.click(button(bulkText.later));
  await settle();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.getByText(bulkNotices.scheduled)).toBeTruthy();
  await fireEvent.click(button(m.notices.undo));
  await settle();
  expect(called("bulkRevokesLeave")).toEqual([["bulkRevokesLeave", 1, 7]]);
  expect(screen.getByText(bulkNotices.calledOff)).toBeTruthy();
});

test("a plan that is given up is no result that was seen", async () => {
  const { called } = await selected();
  await press("Delete");
  await settle();
  await fireEvent.click(button(m.cancel));
  await settle();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(called("bulkRevokesSeen")).toEqual([]);
});

test("one that ends before the page can follow it is not shown as running", async () => {
  const progress = { done: 6, total: 7, name: "token-6", waits: null };
  const running = start({ status: status({ bulkRevoke: { progress, connections: [1] } }) });
  await open(running, { bulkRevokesFollow: () => null });
  await settle();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.getByText(bulkNotices.endedUnseen)).toBeTruthy();
});

test("a token that is to be kept is revoked only where it is ticked", async () => {
  const { tokens, ...plan } = bulkRevokePlan();
  const [going, other] = tokens as [PlannedTokenView, PlannedTokenView];
  const kept = { ...other, kept: true, reasons: ["Kept until 3 Mar 2027: “nightly job”."] };
  const { called } = await selected({
    bulkRevokesPlan: () => ({ ...plan, tokens: [going], kept: [kept] }),
    bulkRevokesTick: () => ({ ...plan, tokens: [going, kept], kept: [] }),
  });
  await press("Delete");
  await settle();
  expect(screen.getByRole("heading", { name: "Revoke 1 token?" })).toBeTruthy();
  const tick = () =>
    screen.getByRole<HTMLInputElement>("checkbox", { name: bulkText.tickKept(kept.name) });
  expect(tick().checked).toBe(false);
  expect(screen.getByText(/It won’t be revoked unless/)).toBeTruthy();
  await fireEvent.click(tick());
  await settle();
  expect(called("bulkRevokesTick")).toEqual([["bulkRevokesTick", 5, kept.key, true]]);
  expect(tick().checked).toBe(true);
  expect(button("Revoke 2 tokens")).toBeTruthy();
});

test("a row is unticked, keeps its place, and can be ticked again", async () => {
  const { tokens, ...plan } = bulkRevokePlan(true);
  const [first, second] = tokens as [PlannedTokenView, PlannedTokenView];
  const { called } = await selected({
    bulkRevokesPlan: () => ({ ...plan, tokens }),
    bulkRevokesTick: (_, __, goes) =>
      goes ? { ...plan, tokens: [second, first] } : { ...plan, tokens: [second], kept: [first] },
  });
  await press("Delete");
  await settle();
  const ticks = () => screen.getAllByRole<HTMLInputElement>("checkbox", { name: /^Revoke “/ });
  const rows = () => ticks().map((it) => [it.getAttribute("aria-label"), it.checked]);
  await fireEvent.click(ticks()[0] as Element);
  await settle();
  expect(called("bulkRevokesTick")).toEqual([["bulkRevokesTick", 5, first.key, false]]);
  expect(rows()).toEqual([
    [bulkText.tick(first.name), false],
    [bulkText.tick(second.name), true],
  ]);
  expect(screen.getByRole("heading", { name: "Revoke 1 token?" })).toBeTruthy();
  expect(field("Type 1 to confirm")).toBeTruthy();
  expect(screen.queryByText(/marked Keep/), "nobody decided to keep it").toBeNull();
  await fireEvent.click(ticks()[0] as Element);
  await settle();
  expect(rows().map(([, checked]) => checked)).toEqual([true, true]);
  expect(rows()[0]).toEqual([bulkText.tick(first.name), true]);
});

test("findings are a list, one line each", async () => {
  const { tokens, ...plan } = bulkRevokePlan();
  const reasons = ["Unused for 219 days (limit 90).", "Never expires."];
  await selected({
    bulkRevokesPlan: () => ({ ...plan, tokens: tokens.map((token) => ({ ...token, reasons })) }),
  });
  await press("Delete");
  await settle();
  const [row] = within(screen.getByRole("dialog")).getAllByRole("row").slice(1) as [HTMLElement];
  expect(
    within(row)
      .getAllByRole("listitem")
      .map((it) => it.textContent),
  ).toEqual(reasons);
});

test("what came of a plan can be copied", async () => {
  const { called } = await selected({ bulkRevokesRun: () => result });
  await press("Delete");
  await settle();
  await fireEvent.click(button("Revoke 2 tokens"));
  await settle();
  await fireEvent.click(button(bulkText.copy));
  await settle();
  expect(called("bulkRevokesCopyResult")).toHaveLength(1);
  expect(screen.getByText(bulkText.copied)).toBeTruthy();
  expect(document.activeElement?.textContent).toBe(m.close);
});

test("of too many to be read at once the rest is told", async () => {
  await selected({ bulkRevokesPlan: () => ({ ...bulkRevokePlan(), more: 1200 }) });
  await press("Delete");
  await settle();
  expect(
    screen.getByText("Showing the 2 longest-unused tokens. The other 1,200 stay selected."),
  ).toBeTruthy();
});

test("what cannot be run leaves the plan as it was", async () => {
  await selected({ bulkRevokesRun: fails("nameMismatch", "The typed number does not match.") });
  await fireEvent.click(button(selectionText.plan));
  await settle();
  await fireEvent.click(button("Revoke 2 tokens"));
  await settle();
  expect(screen.getByText("The typed number does not match.")).toBeTruthy();
  expect(button("Revoke 2 tokens")).toBeTruthy();
});

test("one that was not finished is gone on with, or left", async () => {
  const open_ = { connection: 1, number: 7, at: "14:02", total: 9 };
  const now = status({ bulkRevokes: [{ ...open_, due: null, left: 4 }] });
  const { called } = await open(start({ status: now }), { tokensSync: () => now });
  await settle();
  expect(screen.getByText(/from 14:02 stopped with 4 of 9 tokens left/)).toBeTruthy();
  await fireEvent.click(button(bulkText.goOn));
  await settle();
  expect(called("bulkRevokesGoOn")).toEqual([["bulkRevokesGoOn", 1, 7]]);
  await fireEvent.click(button(m.cancel));
  await settle();
  button(bulkText.leave).focus();
  await fireEvent.click(button(bulkText.leave));
  await settle();
  expect(called("bulkRevokesLeave")).toEqual([["bulkRevokesLeave", 1, 7]]);
  expect(document.activeElement).toBe(screen.getByRole("grid"));
});
