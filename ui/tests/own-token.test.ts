import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { KeyView, RevokePreviewView } from "../src/ipc";
import { revokeText } from "../src/revoke/messages";
import { button, click, field, open, press, type } from "./open";
import { unstopped } from "./fake";
import { answer, details, plan, start } from "./samples";

/** Opens the page on a list whose first token is the one the app signs in with. */
async function own() {
  const list = answer({ top: 0, len: 30, seq: 0, anchor: null });
  const rows = list.rows.map((row, at) => (at === 0 ? { ...row, chip: "thisApp" as const } : row));
  const guarded = (key: KeyView): RevokePreviewView => {
    const usual = plan(key, "typeName");
    return { ...usual, token: { ...usual.token, chip: key.id === "t-0" ? "thisApp" : "recent" } };
  };
  const running = await open(start({ list: { ...list, rows } }), {
    tokensPreviewRevoke: guarded,
    tokensDetails: (key) => ({ ...details(key), chip: key.id === "t-0" ? "thisApp" : "recent" }),
  });
  await press("ArrowDown");
  return running;
}

test("the token the app signs in with is marked in the list and in its details", async () => {
  await own();
  expect(screen.getAllByText("Used by this app")).toHaveLength(1);
  await press("Enter");
  expect(screen.getByRole("complementary").textContent).toContain("Used by this app");
});

test("revoking it says what that means for this app, and takes its name", async () => {
  const { called } = await own();
  await press("Delete");
  const dialog = screen.getByRole("dialog", { name: "Revoke “token-0”?" });
  expect(dialog.textContent).toContain("Entri Tokens is signed in with this token.");
  expect(dialog.textContent).toContain("signs you out");
  expect(dialog.textContent).not.toContain("Used 7 months ago");
  expect(document.activeElement).toBe(field(/^Type .* to confirm/));
  expect(button(revokeText.submitOwn).disabled).toBe(true);
  await type(/^Type .* to confirm/, "token-0");
  await click(revokeText.submitOwn);
  await unstopped();
  expect(called("tokensRevoke")[0]?.[1]).toMatchObject({ typed: "token-0" });
});

test("another token in use is asked about in the usual words", async () => {
  await own();
  await press("ArrowDown");
  await press("Delete");
  const dialog = screen.getByRole("dialog", { name: "Revoke “token-1”?" });
  expect(dialog.textContent).toContain("Make sure its replacement works before you revoke it.");
  expect(dialog.textContent).not.toContain("Entri Tokens is signed in with this token.");
  expect(button(revokeText.submit).disabled).toBe(true);
});

test("one that may be the app's own is asked about as such", async () => {
  await open(start(), {
    tokensPreviewRevoke: (key) => ({ ...plan(key, "typeName"), mayBeOwn: true }),
  });
  await press("ArrowDown");
  await press("Delete");
  const { textContent } = screen.getByRole("dialog", { name: "Revoke “token-0”?" });
  expect(textContent).toContain("Entri Tokens may be signed in with this token");
  expect(textContent).not.toContain("Make sure its replacement works");
});
