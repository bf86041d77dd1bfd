/** What is written about a token: where it lives, and whatever else is worth knowing. */
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { NotesCheckView } from "../src/ipc";
import { m } from "../src/messages";
import { n } from "../src/notes/messages";
import { fails, settle } from "./fake";
import { button, click, field, open, press, text, type } from "./open";
import { details, key } from "./samples";

const NOTE = "textarea";
const written = { ...details(key(0)), notes: { placement: "staging-2", note: "Ole\nknows" } };
const fine = { placementError: null, noteError: null };

async function typeNote(value: string): Promise<void> {
  const note = screen.getByLabelText<HTMLTextAreaElement>("Note", { selector: NOTE });
  note.value = value;
  note.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await settle();
}

test("a key opens them, what is typed is kept, and can be taken back", async () => {
  const { called } = await open(undefined, { tokensDetails: () => written });
  await press("ArrowDown");
  await press("n");
  expect(screen.getByRole("heading", { name: "Notes on “token-0”" })).toBeTruthy();
  expect(document.activeElement).toBe(field(n.placement));
  expect(field(n.placement).value).toBe("staging-2");
  await type("Placement", "GitHub Actions");
  await typeNote("Ann\nknows");
  await click(n.submit);
  const now = { placement: "GitHub Actions", note: "Ann\nknows" };
  expect(called("notesWrite")).toEqual([["notesWrite", key(0), now]]);
  expect(screen.queryByRole("dialog")).toBeNull();
  await click(m.notices.undo);
  expect(called("notesWrite")[1]).toEqual(["notesWrite", key(0), written.notes]);
});

test("what is wrong is said at its field, and what was typed stays", async () => {
  const noteError = "The note holds what looks like the value of a token.";
  await open(undefined, { notesWrite: () => ({ ...fine, noteError }) });
  await press("ArrowDown");
  await press("n");
  await type("Placement", "here");
  await click(n.submit);
  expect(text()).toContain(noteError);
  expect(document.activeElement?.id).toBe("notes-note");
  expect(field(n.placement).value).toBe("here");
  await typeNote("less");
  expect(text()).not.toContain(noteError);
});

test("a failure is said, and the form stays", async () => {
  await open(undefined, { notesWrite: fails("internal", "The app's own storage failed.") });
  await press("ArrowDown");
  await press("n");
  await type("Placement", "here");
  await click(n.submit);
  expect(screen.getByRole("alert").textContent).toContain("storage failed");
  expect(field(n.placement).value).toBe("here");
  expect(button(n.submit).disabled).toBe(false);
});

test("of a token that is gone nothing opens, and that is said", async () => {
  await open(undefined, { tokensDetails: () => null });
  await press("ArrowDown");
  await press("n");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(text()).toContain("This token is no longer in the list.");
});

test("the panel shows them and opens them, and shows what is written then", async () => {
  let token = details(key(0));
  await open(undefined, {
    tokensDetails: () => token,
    notesWrite: (_, notes) => {
      token = { ...token, notes };
      return fine;
    },
  });
  await press("ArrowDown");
  await press("Enter");
  await click(n.write);
  await type("Placement", "staging-2, /etc/entri.env");
  await click(n.submit);
  expect(text()).toContain("staging-2, /etc/entri.env");
  expect(button(n.change)).toBeTruthy();
});

test("the form of a new token takes them along, and stays where they are wrong", async () => {
  const placementError = "The placement has 201 characters.";
  let check: NotesCheckView = { ...fine, placementError };
  const sound = { summary: "", expiresText: null, warnings: [] };
  const errors = { nameError: null, nameWarning: null, expiryError: null, scopesError: null };
  const { called } = await open(undefined, {
    tokensCheckCreate: () => ({ ...sound, ...errors, notes: check }),
  });
  await press("c");
  await type("Name", "made");
  await type("Placement", "GitLab");
  await click("Create token");
  expect(called("tokensCreate")).toEqual([]);
  expect(text()).toContain(placementError);
  expect(document.activeElement).toBe(field(n.placement));
  check = fine;
  await click("Create token");
  expect(called("tokensCreate")[0]?.[1]).toMatchObject({
    notes: { placement: "GitLab", note: "" },
  });
  expect(text()).not.toContain(placementError);
});
