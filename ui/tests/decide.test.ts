/** What is decided about a token, and the activity that tells of it. */
import { fireEvent, screen, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import { activityText } from "../src/activity/messages";
import { decideText } from "../src/decide/messages";
import { closedFormText } from "../src/dialogs/messages";
import { m } from "../src/messages";
import { dateText } from "../src/fields/messages";
import { fails, settle } from "./fake";
import { button, field, grid, open } from "./open";
import { activity, noLog } from "./activity-sample";
import { answer, details, key, start } from "./samples";

const decided = {
  ...details(key(0)),
  decision: { says: "Kept until 24 Feb 2027", reason: "used yearly", decided: "24 Nov 2026" },
};

async function asked(given: Parameters<typeof open>[1] = {}) {
  const shell = await open(undefined, given);
  await fireEvent.keyDown(grid(), { key: "ArrowDown" });
  await fireEvent.keyDown(grid(), { key: "d" });
  await settle();
  return shell;
}

test("a key opens it, and what was chosen is what is sent", async () => {
  const { called } = await asked();
  expect(screen.getByRole("heading", { name: "Keep “token-0”?" })).toBeTruthy();
  expect(document.activeElement).toBe(field(decideText.reason));
  await fireEvent.input(field(decideText.reason), { target: { value: "used yearly" } });
  await fireEvent.click(screen.getByRole("radio", { name: "180 days" }));
  await fireEvent.click(button("Keep"));
  await settle();
  const request = { keys: [key(0)], kind: "keep", until: { kind: "days", days: 180 } };
  expect(called("decisionsMake")).toEqual([
    ["decisionsMake", { ...request, reason: "used yearly" }],
  ]);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.getByText("Kept “token-0”.")).toBeTruthy();
  await fireEvent.click(button("Undo"));
  await settle();
  expect(called("decisionsWithdraw")).toEqual([["decisionsWithdraw", [key(0)]]]);
  expect(screen.getByText("Decision about “token-0” undone.")).toBeTruthy();
});

test("a decision about one token can be undone, and says what its date is for", async () => {
  const { called } = await asked();
  for (const kind of ["askOwner", "revokeBy", "keep"] as const) {
    await fireEvent.click(screen.getByRole("radio", { name: decideText.kinds[kind] }));
    await settle();
    expect(screen.getByRole("radiogroup", { name: decideText.until[kind] })).toBeTruthy();
  }
  await fireEvent.input(field("Reason"), { target: { value: "used yearly" } });
  await fireEvent.click(button("Keep"));
  await settle();
  await fireEvent.click(button(m.notices.undo));
  await settle();
  expect(called("decisionsWithdraw")).toEqual([["decisionsWithdraw", [key(0)]]]);
});

test("the expiry of the one token stands beside the date", async () => {
  const expires = { text: "in 11 days", title: "", local: "10 Dec 2026, 09:00 CET", muted: false };
  const list = answer({ top: 0, len: 30, seq: 0, anchor: null });
  await open(start({ list: { ...list, rows: list.rows.map((row) => ({ ...row, expires })) } }));
  await fireEvent.keyDown(grid(), { key: "ArrowDown" });
  await fireEvent.keyDown(grid(), { key: "d" });
  await settle();
  expect(screen.getByText(decideText.expires(expires.local))).toBeTruthy();
});

test("a day that has passed is said at its field, until another one is given", async () => {
  const { called } = await asked();
  await fireEvent.input(field(decideText.reason), { target: { value: "used yearly" } });
  await fireEvent.click(screen.getByRole("radio", { name: decideText.date }));
  const date = field(decideText.dateLabel);
  await fireEvent.input(date, { target: { value: "2025-12-01" } });
  expect(screen.getByText(dateText.passed), "while it is typed").toBeTruthy();
  await fireEvent.click(button("Keep"));
  await settle();
  expect(called("decisionsMake")).toEqual([]);
  expect(document.activeElement).toBe(date);
  const error = screen.getByText(dateText.passed).closest("p");
  expect(date.getAttribute("aria-describedby")).toBe(error?.id);
  expect(field(decideText.reason).getAttribute("aria-invalid")).toBe("false");
  await fireEvent.input(date, { target: { value: "2099-12-01" } });
  expect(screen.queryByText(dateText.passed)).toBeNull();
});

test("what the server refuses is no longer said once the date is another one", async () => {
  await asked({ decisionsMake: fails("invalid", "This date has passed.") });
  await fireEvent.input(field(decideText.reason), { target: { value: "used yearly" } });
  await fireEvent.click(button("Keep"));
  await settle();
  expect(screen.getByText("This date has passed.")).toBeTruthy();
  await fireEvent.click(screen.getByRole("radio", { name: "180 days" }));
  await settle();
  expect(screen.queryByText("This date has passed.")).toBeNull();
});

test("a text that is no date is said at its field, and nothing is sent", async () => {
  const { called } = await asked();
  await fireEvent.input(field(decideText.reason), { target: { value: "used yearly" } });
  await fireEvent.click(screen.getByRole("radio", { name: decideText.date }));
  const date = field(decideText.dateLabel);
  expect(screen.getByText(dateText.dateFormat).id).toBe(date.getAttribute("aria-describedby"));
  await fireEvent.input(date, { target: { value: "03312027" } });
  expect(screen.queryByText(dateText.noDate)).toBeNull();
  await fireEvent.click(button("Keep"));
  await settle();
  expect(screen.getByText(dateText.noDate).closest("p")?.id).toBe(
    date.getAttribute("aria-describedby"),
  );
  expect(document.activeElement).toBe(date);
  expect(called("decisionsMake")).toEqual([]);
  await fireEvent.input(date, { target: { value: "2027-03-31" } });
  expect(screen.queryByText(dateText.noDate)).toBeNull();
  await fireEvent.input(date, { target: { value: "2027-3-31" } });
  await fireEvent.blur(date);
  expect(screen.getByText(dateText.noDate)).toBeTruthy();
});

test("what was decided before is shown, and can be taken back from there", async () => {
  const list = answer({ top: 0, len: 30, seq: 0, anchor: null });
  const rows = list.rows.map((row) => ({ ...row, decision: decided.decision.says }));
  const { called } = await open(start({ list: { ...list, rows } }), {
    tokensDetails: () => decided,
  });
  await fireEvent.keyDown(grid(), { key: "ArrowDown" });
  await fireEvent.keyDown(grid(), { key: "d" });
  await settle();
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.getByText("Kept until 24 Feb 2027")).toBeTruthy();
  expect(dialog.getByText("used yearly")).toBeTruthy();
  await fireEvent.click(dialog.getByRole("button", { name: m.details.withdraw }));
  await settle();
  expect(called("decisionsWithdraw")).toEqual([["decisionsWithdraw", [key(0)]]]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a revocation that was scheduled is no decision to take back", async () => {
  const list = answer({ top: 0, len: 30, seq: 0, anchor: null });
  const rows = list.rows.map((row) => ({ ...row, decision: "Scheduled for revocation on 1 Dec" }));
  await open(start({ list: { ...list, rows } }), { tokensDetails: () => details(key(0)) });
  await fireEvent.keyDown(grid(), { key: "ArrowDown" });
  await fireEvent.keyDown(grid(), { key: "d" });
  await settle();
  expect(screen.getByRole("dialog")).toBeTruthy();
  expect(screen.queryByRole("button", { name: m.details.withdraw })).toBeNull();
});

test("what is refused leaves what was typed, and the focus on it", async () => {
  await asked({ decisionsMake: fails("invalid", "Say why it is kept.") });
  await fireEvent.click(button("Keep"));
  await settle();
  expect(screen.getByText("Say why it is kept.")).toBeTruthy();
  expect(document.activeElement).toBe(field(decideText.reason));
});

test("what is asked of one kind of decision is not said of another", async () => {
  await asked({ decisionsMake: fails("invalid", "Enter a reason.") });
  await fireEvent.click(button("Keep"));
  await settle();
  expect(screen.getByText("Enter a reason.")).toBeTruthy();
  await fireEvent.click(screen.getByRole("radio", { name: decideText.kinds.askOwner }));
  await settle();
  expect(screen.queryByText("Enter a reason.")).toBeNull();
});

test("a decision about all selected tokens can be undone", async () => {
  const list = answer({ top: 0, len: 30, seq: 0, anchor: null });
  const selected = { ...list, selected: 48, selectedHere: 48 };
  const { called } = await open(start({ list: selected }), {
    tokensQuery: () => selected,
    decisionsMake: () => [key(0), key(1)],
  });
  await fireEvent.keyDown(grid(), { key: "d" });
  await settle();
  await fireEvent.input(field("Reason"), { target: { value: "used yearly" } });
  await fireEvent.click(button("Keep"));
  await settle();
  await fireEvent.click(button(m.notices.undo));
  await settle();
  expect(called("decisionsWithdraw")).toEqual([["decisionsWithdraw", [key(0), key(1)]]]);
  expect(screen.getByText("Decision about 48 tokens undone.")).toBeTruthy();
});

test("the panel says it, with the reason, and takes it back", async () => {
  const { called } = await open(undefined, { tokensDetails: () => decided });
  await fireEvent.keyDown(grid(), { key: "ArrowDown" });
  await fireEvent.keyDown(grid(), { key: "Enter" });
  await settle();
  expect(screen.getByText("Kept until 24 Feb 2027")).toBeTruthy();
  expect(screen.getByText("used yearly")).toBeTruthy();
  await fireEvent.click(button(m.details.withdraw));
  await settle();
  expect(called("decisionsWithdraw")).toEqual([["decisionsWithdraw", [key(0)]]]);
  expect(screen.getByText("Decision about “token-0” undone.")).toBeTruthy();
  expect(document.activeElement).toBe(grid());
});

test("what replaces a decision is not offered to be taken back: the one before would not return", async () => {
  await open(undefined, { tokensDetails: () => decided, decisionsMake: () => [] });
  await fireEvent.keyDown(grid(), { key: "ArrowDown" });
  await fireEvent.keyDown(grid(), { key: "Enter" });
  await settle();
  await fireEvent.click(button("Keep until…"));
  await settle();
  await fireEvent.click(button("Keep"));
  await settle();
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
});

test("its activity is one click away, and the journal is verified", async () => {
  const { called } = await open(undefined, {
    journalShow: (text) =>
      text === "nothing" ? { ...activity(), days: [], shown: 0, total: 0 } : activity(),
    journalVerify: () => ({ intact: false, says: "Entry 2 was changed.", seal: "" }),
  });
  await fireEvent.keyDown(grid(), { key: "ArrowDown" });
  await fireEvent.keyDown(grid(), { key: "Enter" });
  await settle();
  await fireEvent.click(button("View activity"));
  await settle();
  expect(called("journalShow").at(-1)).toEqual(["journalShow", "t-0", null, 100]);
  expect(screen.getByText("until 24 Feb 2027: “used yearly”")).toBeTruthy();
  await fireEvent.click(button(activityText.verify));
  await settle();
  expect(screen.getByText("Entry 2 was changed.")).toBeTruthy();
  await fireEvent.click(button(m.close));
  expect(screen.queryByText("Entry 2 was changed.")).toBeNull();
  await fireEvent.input(screen.getByRole("searchbox"), { target: { value: "nothing" } });
  await vi.advanceTimersByTimeAsync(300);
  expect(screen.getByText("No matching entries")).toBeTruthy();
});

test("who is asked is listed, with a question to copy for each", async () => {
  const { called } = await asked();
  await fireEvent.click(screen.getByRole("radio", { name: "Ask owner" }));
  await settle();
  expect(called("decisionsQuestions")).toEqual([["decisionsQuestions", [key(0)]]]);
  const [, second] = screen.getAllByRole("button", { name: decideText.copy });
  await fireEvent.click(second as HTMLElement);
  await settle();
  expect(called("decisionsCopyQuestion")).toEqual([["decisionsCopyQuestion", [key(0)], 1]]);
  expect(screen.getByRole("button", { name: decideText.copied })).toBeTruthy();
});

test("the server's own log is shown where it may be, and why where it may not", async () => {
  const at = { text: "14:02", title: null, local: null, muted: false };
  const done = [
    {
      at,
      who: "Ole Dahl",
      says: "revoked a token",
      raw: "token.revoked",
      ofTokens: true,
    },
  ];
  const day = { day: "2026-11-24", name: "Today", date: "Tuesday, 24 November", done };
  const { fake } = await open(undefined, {
    journalServer: () => ({ ...noLog, days: [day], total: 1 }),
  });
  await fireEvent.click(button(m.activity));
  await settle();
  await fireEvent.click(screen.getByRole("radio", { name: "Server" }));
  await settle();
  expect(screen.getByText("Ole Dahl")).toBeTruthy();
  expect(screen.queryByText("token-3")).toBeNull();
  fake.journalServer = () => ({ ...noLog, problems: ["Nordlys: closed to you."] });
  await fireEvent.input(screen.getByRole("searchbox"), { target: { value: "x" } });
  await vi.advanceTimersByTimeAsync(300);
  expect(screen.getByText("Nordlys: closed to you.")).toBeTruthy();
});

test("what was typed is not lost to one press of Escape", async () => {
  await asked();
  const dialog = () => screen.getByRole("dialog");
  await fireEvent.click(screen.getByRole("radio", { name: "180 days" }));
  await fireEvent.input(field(decideText.reason), { target: { value: "used yearly" } });
  await fireEvent.keyDown(dialog(), { key: "Escape" });
  await settle();
  expect(screen.queryByRole("dialog")).toBeNull();
  await fireEvent.click(button(closedFormText.back));
  await settle();
  expect(field(decideText.reason).value).toBe("used yearly");
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "180 days" }).checked).toBe(true);
});
