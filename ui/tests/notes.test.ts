/** What is written about a token: where it lives, and whatever else is worth knowing. */
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { NotesCheckView } from "../src/ipc";
import { closedFormText } from "../src/dialogs/messages";
import { m } from "../src/messages";
import { notesText } from "../src/notes/messages";
import { fails, settle } from "./fake";
import { button, click, field, open, press, text, type } from "./open";
import { details, key } from "./samples";

const NOTE = "textarea";
const written = { ...details(key(0)), notes: { place: "staging-2", note: "Ole\nknows" } };
const fine = { placeError: null, noteError: null };

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
  expect(document.activeElement).toBe(field(notesText.place));
  expect(field(notesText.place).value).toBe("staging-2");
  await type("Place", "GitHub Actions");
  await typeNote("Ann\nknows");
  await click(notesText.submit);
  const now = { place: "GitHub Actions", note: "Ann\nknows" };
  expect(called("notesWrite")).toEqual([["notesWrite", key(0), now]]);
  expect(screen.queryByRole("dialog")).toBeNull();
  await click(m.notices.undo);
  expect(called("notesWrite")[1]).toEqual(["notesWrite", key(0), written.notes]);
});

test("the Tab key goes round in a dialog, with Shift the other way", async () => {
  // The page under test draws nothing; in the window's tests it does.
  Element.prototype.checkVisibility = () => true;
  await open(undefined, { tokensDetails: () => written });
  await press("ArrowDown");
  await press("n");
  expect(document.activeElement).toBe(field(notesText.place));
  // So does WebKitGTK call it.
  await press("Unidentified", { code: "Tab", shiftKey: true });
  expect(document.activeElement).toBe(button(notesText.submit));
  await press("Tab", { code: "Tab" });
  expect(document.activeElement).toBe(field(notesText.place));
});

test("Ctrl Enter saves from the note, where Enter alone begins a line", async () => {
  const { called } = await open(undefined, { tokensDetails: () => written });
  await press("ArrowDown");
  await press("n");
  const note = screen.getByLabelText("Note", { selector: NOTE });
  await press("Enter", {}, note);
  expect(called("notesWrite")).toEqual([]);
  await press("Enter", { ctrlKey: true }, note);
  expect(called("notesWrite")).toEqual([["notesWrite", key(0), written.notes]]);
});

test("what is wrong is said at its field, and what was typed stays", async () => {
  const noteError = "The note holds what looks like the value of a token.";
  await open(undefined, { notesWrite: () => ({ ...fine, noteError }) });
  await press("ArrowDown");
  await press("n");
  await type("Place", "here");
  await click(notesText.submit);
  expect(text()).toContain(noteError);
  expect(document.activeElement?.id).toBe("notes-note");
  expect(field(notesText.place).value).toBe("here");
  await typeNote("less");
  expect(text()).not.toContain(noteError);
});

test("a failure is said, and the form stays", async () => {
  await open(undefined, { notesWrite: fails("internal", "The app's own storage failed.") });
  await press("ArrowDown");
  await press("n");
  await type("Place", "here");
  await click(notesText.submit);
  expect(screen.getByRole("alert").textContent).toContain("storage failed");
  expect(field(notesText.place).value).toBe("here");
  expect(button(notesText.submit).disabled).toBe(false);
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
  await click(notesText.write);
  await type("Place", "staging-2, /etc/entri.env");
  await click(notesText.submit);
  expect(text()).toContain("staging-2, /etc/entri.env");
  expect(button(notesText.change)).toBeTruthy();
});

test("the form of a new token takes them along, and stays where they are wrong", async () => {
  const placeError = "The place has 201 characters.";
  let check: NotesCheckView = { ...fine, placeError };
  const sound = { summary: "", expiresText: null, warnings: [] };
  const errors = {
    nameError: null,
    nameWarning: null,
    freeName: null,
    expiryError: null,
    scopesError: null,
  };
  const { called } = await open(undefined, {
    tokensCheckCreate: () => ({ ...sound, ...errors, notes: check }),
  });
  await press("c");
  await type("Name", "made");
  await type("Place", "GitLab");
  await click("Create token");
  expect(called("tokensCreate")).toEqual([]);
  expect(text()).toContain(placeError);
  expect(document.activeElement).toBe(field(notesText.place));
  check = fine;
  await click("Create token");
  expect(called("tokensCreate")[0]?.[1]).toMatchObject({
    notes: { place: "GitLab", note: "" },
  });
  expect(text()).not.toContain(placeError);
});

test("what was typed is not lost to one press of Escape, and nothing is offered where nothing was", async () => {
  await open();
  await press("ArrowDown");
  await press("n");
  await press("Escape");
  expect(screen.queryByRole("button", { name: closedFormText.back })).toBeNull();
  await press("n");
  await typeNote("Ann knows");
  await press("Escape");
  expect(screen.queryByRole("dialog")).toBeNull();
  await click(closedFormText.back);
  expect(screen.getByDisplayValue("Ann knows")).toBeTruthy();
});
