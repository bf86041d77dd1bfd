import { cleanup, screen, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import type { RevokedView, RevokePreviewView } from "../src/ipc";
import { revokeText } from "../src/revoke/messages";
import { failureText } from "../src/widgets/messages";
import { m } from "../src/messages";
import { fails, later, settle, unstopped } from "./fake";
import { button, click, field, open, press, text, type } from "./open";
import { details, key, plan, start, when } from "./samples";

type Given = Parameters<typeof open>[1];

/** Opens the details of token 3 and presses Revoke there. */
async function revoke(given: Given = {}) {
  const running = await open(start(), given);
  for (let row = 0; row < 4; row += 1) await press("ArrowDown");
  await press("Enter");
  await click("Revoke…");
  return running;
}

test("an expired token is revoked with one click", async () => {
  const { called } = await revoke({ tokensPreviewRevoke: (asked) => plan(asked, "oneClick") });
  expect(button(revokeText.stop)).toBeTruthy();
  await unstopped();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(called("tokensRevoke")).toEqual([
    ["tokensRevoke", { key: key(3), seen: plan(key(3), "oneClick").seen, typed: null, held: true }],
  ]);
  expect(text()).toContain("Revoked “token-3”.");
});

test("until the server confirms, the button says what is going on", async () => {
  const answered = later<RevokedView>();
  await revoke({
    tokensPreviewRevoke: (asked) => plan(asked, "oneClick"),
    tokensRevoke: () => answered.promise,
  });
  await unstopped();
  const dialog = screen.getByRole("dialog");
  const going = within(dialog).getByRole<HTMLButtonElement>("button", { name: revokeText.busy });
  expect([going.disabled, button(m.cancel).disabled]).toEqual([true, true]);
  answered.resolve({ name: "token-3", outcome: "alreadyGone", proof: null });
  await settle();
  expect(text()).toContain("“token-3” had already been revoked.");
});

test("an unused token takes a plain confirmation, and Cancel has the focus", async () => {
  const { called } = await revoke();
  const dialog = screen.getByRole("dialog", { name: "Revoke “token-3”?" });
  expect(dialog.textContent).toContain("Requests using this token will fail immediately.");
  expect(within(dialog).getByText("t-3")).toBeTruthy();
  expect(document.activeElement).toBe(button(m.cancel));
  expect(called("tokensRevoke")).toEqual([]);
  await click(revokeText.submit);
  await unstopped();
  expect(called("tokensRevoke")).toHaveLength(1);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("Escape and Cancel revoke nothing", async () => {
  const { called } = await revoke();
  await press("Escape");
  expect(screen.queryByRole("dialog")).toBeNull();
  await click("Revoke…");
  await click(m.cancel);
  expect(called("tokensRevoke")).toEqual([]);
});

test("a token in use takes its name, and Enter does nothing before it matches", async () => {
  const { called } = await revoke({ tokensPreviewRevoke: (asked) => plan(asked, "typeName") });
  const name = field(/^Type .* to confirm/);
  expect(document.activeElement).toBe(name);
  for (const typed of ["", "token", "Token-3", "token-33"]) {
    await type(/^Type .* to confirm/, typed);
    expect(button(revokeText.submit).disabled, typed).toBe(true);
    name.form?.dispatchEvent(new SubmitEvent("submit", { cancelable: true }));
    await settle();
  }
  expect(called("tokensRevoke")).toEqual([]);
  await type(/^Type .* to confirm/, "token-3");
  await click(revokeText.submit);
  await unstopped();
  expect(called("tokensRevoke")[0]?.[1]).toMatchObject({ typed: "token-3" });
});

test("blanks and composed letters are compared as they look", async () => {
  const toType = { byId: false, text: "double  caf\u00e9" };
  const { called } = await revoke({
    tokensPreviewRevoke: (key) => ({ ...plan(key, "typeName"), toType }),
  });
  await type(/^Type .* to confirm/, "double cafe\u0301");
  await click(revokeText.submit);
  await unstopped();
  expect(called("tokensRevoke")[0]?.[1]).toMatchObject({ typed: "double cafe\u0301" });
});

test("where the name is hard to type the id is asked for", async () => {
  const toType = { byId: true, text: " " };
  await revoke({ tokensPreviewRevoke: (key) => ({ ...plan(key, "typeName"), toType }) });
  await type("Type the ID to confirm (the name is hard to type)", " ");
  expect(button(revokeText.submit).disabled, "a blank text confirms nothing").toBe(true);
});

test("a token used since the list was loaded is planned again, and asked about again", async () => {
  let plans = 0;
  const { called } = await revoke({
    tokensPreviewRevoke: (asked) => plan(asked, (plans += 1) === 1 ? "confirm" : "typeName"),
    tokensRevoke: fails("usedSince", "“token-3” was used 2 min ago. It was not revoked."),
  });
  await click(revokeText.submit);
  await unstopped();
  const dialog = screen.getByRole("dialog");
  expect(dialog.textContent).toContain(failureText.usedSince);
  expect(dialog.textContent).toContain("It was not revoked.");
  expect(called("tokensPreviewRevoke")).toHaveLength(2);
  expect(button(revokeText.submit).disabled, "now the name is asked for").toBe(true);
});

test("an expired token used since then is asked about after all", async () => {
  await revoke({
    tokensPreviewRevoke: (asked) => plan(asked, "oneClick"),
    tokensRevoke: fails("usedSince"),
  });
  await unstopped();
  expect(screen.getByRole("dialog").textContent).toContain(failureText.usedSince);
  expect(document.activeElement).toBe(button(m.cancel));
});

test("a refusal stays in the dialog, and can be tried again", async () => {
  await revoke({ tokensRevoke: fails("forbidden", "Only owners and admins can revoke.") });
  await click(revokeText.submit);
  await unstopped();
  expect(screen.getByRole("alert").textContent).toContain("Only owners and admins can revoke.");
  expect(button(revokeText.submit).disabled).toBe(false);
});

/** Up to the seconds in which it can be stopped. */
async function held() {
  const running = await revoke();
  button(revokeText.submit).focus();
  await click(revokeText.submit);
  return running;
}

test("a revoke can be stopped for five seconds, and nothing is sent before", async () => {
  const { called } = await held();
  expect(called("tokensHoldRevoke")).toEqual([["tokensHoldRevoke", key(3)]]);
  const said = () => screen.getByRole("dialog").textContent;
  expect(said()).toContain(revokeText.revokingIn(5));
  await vi.advanceTimersByTimeAsync(3000);
  expect(said()).toContain(revokeText.revokingIn(2));
  expect(document.activeElement).toBe(button(revokeText.stop));
  expect(called("tokensRevoke")).toEqual([]);
  await click(revokeText.stop);
  expect(called("tokensStopRevoke")).toHaveLength(1);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(text()).toContain("Stopped. “token-3” was not revoked.");
  await unstopped();
  expect(called("tokensRevoke")).toEqual([]);
});

test("Escape stops it, and an Enter that is held down does not", async () => {
  const { called } = await held();
  const enter = { key: "Enter", repeat: true, bubbles: true, cancelable: true };
  const goes = document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", enter));
  expect(goes, "the button is not pressed").toBe(false);
  await press("Escape");
  await unstopped();
  expect(called("tokensRevoke")).toEqual([]);
  expect(called("tokensStopRevoke")).toHaveLength(1);
});

test("a dialog that goes away sends nothing", async () => {
  const { called } = await held();
  cleanup();
  await unstopped();
  expect(called("tokensRevoke")).toEqual([]);
});

test("a revoke that the shell refuses to hold is not counted down", async () => {
  const { called } = await revoke({ tokensHoldRevoke: fails("declined", "Canceled.") });
  await click(revokeText.submit);
  expect(button(m.cancel).disabled).toBe(false);
  await unstopped();
  expect(called("tokensRevoke")).toEqual([]);
});

test("Del asks about the row the keyboard is on", async () => {
  const { called } = await open();
  await press("ArrowDown");
  await press("Delete");
  expect(called("tokensPreviewRevoke")).toEqual([["tokensPreviewRevoke", key(0)]]);
  expect(screen.getByRole("dialog", { name: "Revoke “token-0”?" })).toBeTruthy();
});

test("a token that is gone is said, with no dialog", async () => {
  await revoke({ tokensPreviewRevoke: fails("notFound", "This token is no longer in the list.") });
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(text()).toContain("This token is no longer in the list.");
});

test("it is said why the name is asked for, and which name that is", async () => {
  const used = { ...details(key(3)), chip: "recent" as const, lastUsed: when("12 min ago") };
  const asked = (change: Partial<RevokePreviewView>) =>
    revoke({ tokensPreviewRevoke: (it) => ({ ...plan(it, "typeName"), ...change }) });
  await asked({ token: used, production: true });
  const dialog = screen.getByRole("dialog");
  expect(dialog.querySelector(".warn")?.textContent).toContain(
    "Used 12 min ago. Its name says production. Make sure its replacement works",
  );
  expect(field("Type token-3 to confirm")).toBe(document.activeElement);
});

test("of a token that is only named as production no use is claimed", async () => {
  await revoke({ tokensPreviewRevoke: (it) => ({ ...plan(it, "typeName"), production: true }) });
  const said = screen.getByRole("dialog").querySelector(".warn")?.textContent;
  expect(said?.trim()).toMatch(/^Its name says production\. Make sure/);
});

test("a token in a rotation is said to be one before it is revoked", async () => {
  const rotation =
    "This is the token being replaced, and “token-0 (r2)” hasn’t been seen in use yet.";
  await open(start(), { tokensPreviewRevoke: (of) => ({ ...plan(of, "typeName"), rotation }) });
  await press("ArrowDown");
  await press("Delete");
  expect(screen.getByRole("dialog").textContent).toContain(rotation);
});
