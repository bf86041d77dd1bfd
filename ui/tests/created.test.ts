import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { CreatedView } from "../src/ipc";
import { SECRET, fails, later, settle, tell } from "./fake";
import { button, click, grid, open, press, text, type } from "./open";
import { key, plan, start, status } from "./samples";
import { newTokenText } from "../src/deliver/messages";

async function created(given: Parameters<typeof open>[1] = {}) {
  const running = await open(start(), given);
  await press("c");
  await type("Name", "staging-server");
  screen.getByRole("dialog").querySelector("form")?.requestSubmit();
  await settle();
  return running;
}

const reveal = () => button(newTokenText.hold);
const keyup = async () => {
  reveal().dispatchEvent(new KeyboardEvent("keyup", { key: " ", bubbles: true }));
  await settle();
};
const everywhere = () => document.documentElement.outerHTML;

test("it states what is, and Copy has the focus", async () => {
  await created();
  expect(
    screen.getByRole("dialog", { name: "Created “staging-server”. Not copied yet." }),
  ).toBeTruthy();
  expect(document.activeElement).toBe(button(newTokenText.copy));
});

test("what the server made otherwise than it was asked is said until the end", async () => {
  const differs = "The server's answer differs: expiry none instead of 22 Feb 2027.";
  const token = { handle: 7, mask: "entri_••••1Td6", key: key("new"), differs, rotation: null };
  const texts = { expiresText: "Never expires", scopesText: "no scopes listed" };
  const had = { copiedAt: null, delivered: null };
  await created({ tokensCreate: ({ name }) => ({ ...token, ...texts, ...had, name }) });
  expect(screen.getByText(differs)).toBeTruthy();
  await click(newTokenText.copy);
  expect(screen.getByText(differs)).toBeTruthy();
});

test("neither a reload, nor a click outside closes it", async () => {
  const { called } = await created();
  const dialog = screen.getByRole("dialog");
  const cancel = new Event("cancel", { cancelable: true });
  dialog.dispatchEvent(cancel);
  expect(cancel.defaultPrevented).toBe(true);
  expect((await press("F5")).defaultPrevented).toBe(true);
  expect((await press("r", { ctrlKey: true })).defaultPrevented).toBe(true);
  dialog.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  await settle();
  expect(screen.getByRole("dialog")).toBe(dialog);
  expect(called("secretsClose")).toEqual([]);
});

test("Escape asks what becomes of a value that nobody has, and closes one that was copied", async () => {
  const { called } = await created();
  await press("Escape");
  expect(screen.getByRole("dialog").textContent).toContain(newTokenText.nobody("staging-server"));
  await press("Escape");
  expect(screen.getByRole("dialog").textContent).toContain("Not copied yet.");
  expect(called("secretsClose")).toEqual([]);
  await click(newTokenText.copy);
  await press("Escape");
  await settle();
  expect(called("secretsClose")).toEqual([["secretsClose", 7, false]]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("the value is in the document only while the key is held", async () => {
  await created();
  expect(everywhere()).not.toContain(SECRET);
  reveal().focus();
  await press(" ");
  expect(everywhere()).toContain(SECRET);
  await keyup();
  expect(everywhere()).not.toContain(SECRET);
});

test("the value is in the document only while the pointer is down", async () => {
  await created();
  reveal().setPointerCapture = () => undefined;
  const pointer = async (kind: string) => {
    reveal().dispatchEvent(new PointerEvent(kind, { bubbles: true, pointerId: 1 }));
    await settle();
  };
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    await pointer("pointerdown");
    expect(everywhere()).toContain(SECRET);
    await pointer(end);
    expect(everywhere(), end).not.toContain(SECRET);
  }
});

test("losing the focus hides the value", async () => {
  await created();
  for (const leave of [
    () => button(newTokenText.copy).focus(),
    () => window.dispatchEvent(new Event("blur")),
  ]) {
    reveal().focus();
    await press("Enter");
    expect(everywhere()).toContain(SECRET);
    leave();
    await settle();
    expect(everywhere()).not.toContain(SECRET);
  }
});

test("a value that arrives after the key was let go is not shown", async () => {
  const slow = later<string>();
  await created({ secretsReveal: () => slow.promise });
  reveal().focus();
  await press(" ");
  await keyup();
  slow.resolve(SECRET);
  await settle();
  expect(everywhere()).not.toContain(SECRET);
});

test("Copy is confirmed, counted down, and the value never comes to the page for it", async () => {
  const { called } = await created();
  await click(newTokenText.copy);
  expect(text()).toContain("Created “staging-server”. Copied at 14:02:11.");
  expect(text()).toContain("Copied and verified. Clears in 30 s.");
  for (let second = 0; second < 55; second += 1) await settle();
  expect(text()).toContain("Clears in 29 s.");
  expect(called("secretsReveal")).toEqual([]);
  expect(everywhere()).not.toContain(SECRET);
});

test.each([
  ["cleared", "Clipboard cleared."],
  ["replaced", "You copied something else"],
  ["failed", "Couldn’t clear the clipboard."],
] as const)("what becomes of the copy is told: %s", async (state, says) => {
  await created();
  await click(newTokenText.copy);
  await tell.clipboard({ handle: 99, state });
  await settle();
  expect(text(), "of another value").not.toContain(says);
  await tell.clipboard({ handle: 7, state });
  await settle();
  expect(text()).toContain(says);
  expect(button(newTokenText.copyAgain)).toBeTruthy();
});

test("a failed copy is said, and is not taken for a copy", async () => {
  await created({ secretsCopy: fails("clipboard", "The clipboard could not be used.") });
  await click(newTokenText.copy);
  expect(screen.getByRole("alert").textContent).toContain("The clipboard could not be used.");
  expect(text()).toContain("Not copied yet.");
});

test("after a copy Done closes it, and the new token is looked for in the list", async () => {
  const { called } = await created();
  await click(newTokenText.copy);
  await click("Done");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(called("secretsClose")).toEqual([["secretsClose", 7, false]]);
  expect(called("tokensQuery").at(-1)?.[1]).toMatchObject({ anchor: key("new") });
  expect(document.activeElement).toBe(grid());
});

test("closing a value that nobody has takes a second step", async () => {
  const { called } = await created();
  await click(newTokenText.close);
  expect(screen.getByRole("dialog", { name: newTokenText.nobody("staging-server") })).toBeTruthy();
  expect(called("secretsClose")).toEqual([]);
  expect(document.activeElement).toBe(button(newTokenText.back));
  await click(newTokenText.back);
  expect(text()).toContain("Not copied yet.");
  expect(document.activeElement).toBe(button(newTokenText.copy));
  await click(newTokenText.close);
  await click(newTokenText.closeAnyway);
  expect(called("secretsClose")).toEqual([["secretsClose", 7, true]]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("the second step offers to copy it, and goes back to it", async () => {
  const { called } = await created();
  await click(newTokenText.close);
  expect(button(newTokenText.revokeNow).matches(".primary, .danger")).toBe(false);
  await click(newTokenText.copy);
  expect(called("secretsCopy")).toHaveLength(1);
  expect(screen.getByRole("dialog").textContent).toContain("Copied at");
});

test("a value that nobody has can be revoked on the spot", async () => {
  const { called } = await created({ tokensPreviewRevoke: (asked) => plan(asked, "typeName") });
  await click(newTokenText.close);
  await click(newTokenText.revokeNow);
  expect(called("tokensRevoke")[0]?.[1]).toMatchObject({ key: key("new"), typed: "token-new" });
  expect(called("secretsClose")).toEqual([["secretsClose", 7, true]]);
  expect(text()).toContain("Revoked “token-3”.");
});

test("what the server's answers prove about a revoked value is said, and stays if it is nothing", async () => {
  const refused = { proven: true, says: "The server refuses its value." };
  await created({
    tokensRevoke: () => ({ name: "token-new", outcome: "revoked", proof: refused }),
  });
  await click(newTokenText.close);
  await click(newTokenText.revokeNow);
  const notice = document.querySelector(".notice:not(.bad)");
  expect(notice?.textContent).toContain("Revoked “token-new”. The server refuses its value.");
});

test("a value that may still work is a warning", async () => {
  const open = { proven: false, says: "The server still accepts its value." };
  await created({
    tokensRevoke: () => ({ name: "token-new", outcome: "revoked", proof: open }),
  });
  await click(newTokenText.close);
  await click(newTokenText.revokeNow);
  const notice = document.querySelector(".notice.bad");
  expect(notice?.textContent).toContain("The server still accepts its value.");
});

test("where the shell says that nobody has the value, the second step is asked", async () => {
  await created({ secretsClose: fails("notCopied") });
  await click(newTokenText.copy);
  await click("Done");
  expect(screen.getByRole("dialog", { name: newTokenText.nobody("staging-server") })).toBeTruthy();
});

test("an answer that could not be read is kept, and there is nothing to revoke by", async () => {
  await created({
    tokensCreate: ({ name }) => ({
      handle: 7,
      mask: "••••",
      key: null,
      name,
      expiresText: "Expiry unreadable",
      scopesText: "no scopes listed",
      differs: null,
      rotation: null,
      copiedAt: null,
      delivered: null,
    }),
  });
  expect(text()).toContain("Unexpected response from Entri.");
  expect(text()).not.toContain("no scopes listed");
  await click(newTokenText.close);
  expect(screen.queryByRole("button", { name: newTokenText.revokeNow })).toBeNull();
});

const waiting: CreatedView = {
  handle: 9,
  mask: "entri_••••9xYz",
  key: key("new"),
  name: "left-behind",
  expiresText: "Never expires",
  scopesText: "translations:read",
  differs: null,
  rotation: null,
  copiedAt: null,
  delivered: null,
};

test("a value that waited for a page before this one is shown, until it is closed", async () => {
  await open(start({ status: status({ waiting }) }));
  const name = "Created “left-behind”. Not copied yet.";
  expect(screen.getByRole("dialog", { name })).toBeTruthy();
  await click(newTokenText.copy);
  await tell.changed(status({ waiting }));
  await click("Done");
  expect(screen.queryByRole("dialog")).toBeNull();
  await tell.changed(status({ waiting }));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("who has it already is known, and nothing is said of the clipboard", async () => {
  const delivered = { to: "file ~/token", at: "14:02:20", said: "" };
  await open(
    start({ status: status({ waiting: { ...waiting, copiedAt: "14:02:11", delivered } }) }),
  );
  expect(screen.getByRole("dialog").textContent).toContain("Copied at 14:02:11.");
  expect(text()).toContain("file ~/token");
  expect(text()).not.toContain("Copied and verified");
  await click("Done");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("one that comes while something else is asked waits for its end", async () => {
  await open(start());
  await press("?");
  await tell.changed(status({ waiting }));
  expect(screen.getAllByRole("dialog")).toHaveLength(1);
  await press("Escape");
  expect(screen.getByRole("dialog").textContent).toContain("Created “left-behind”.");
  await tell.changed(status({ waiting: { ...waiting, copiedAt: "14:02:11" } }));
  expect(screen.getByRole("dialog").textContent).toContain("Copied at 14:02:11.");
});
