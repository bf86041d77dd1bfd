import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { CreatedView } from "../src/ipc";
import { createText } from "../src/create/messages";
import { closedFormText } from "../src/dialogs/messages";
import { m } from "../src/messages";
import { fails, later, settle } from "./fake";
import {
  button,
  click,
  field,
  grid,
  noteOf,
  open,
  pick,
  press,
  radio,
  select,
  text,
  type,
} from "./open";
import { start } from "./samples";

const NAME = "Name";
const submit = () => screen.getByRole("dialog").querySelector("form")?.requestSubmit();

async function opened(given: Parameters<typeof open>[1] = {}) {
  const running = await open(start(), given);
  await press("c");
  return running;
}

async function fill() {
  await type(NAME, "github-actions-web");
  radio(createText.never).click();
  await pick("Project", 1);
}

function expectFilled() {
  expect(field(NAME).value).toBe("github-actions-web");
  expect(radio(createText.never).checked).toBe(true);
  expect(select("Project").selectedIndex).toBe(1);
  expect(screen.getByText("translations:read")).toBeTruthy();
}

test("C opens the form with the focus in the name", async () => {
  await opened();
  expect(document.activeElement).toBe(field(NAME));
});

test("what the form holds is what is sent, once", async () => {
  const answered = later<CreatedView>();
  const { called } = await opened({ tokensCreate: () => answered.promise });
  await fill();
  submit();
  await settle();
  submit();
  await settle();
  expect(called("tokensCreate")).toEqual([
    [
      "tokensCreate",
      {
        connection: 1,
        name: "github-actions-web",
        expiry: { kind: "never" },
        scopes: ["translations:read"],
        notes: { place: "", note: "" },
        projectId: "p-1",
        incident: null,
      },
    ],
  ]);
  expect(button(createText.busy).disabled).toBe(true);
});

test("while the request runs nothing closes the form", async () => {
  await opened({ tokensCreate: () => later<CreatedView>().promise });
  await fill();
  submit();
  await settle();
  await press("Escape");
  expect(screen.getByRole("dialog", { name: "Create token" })).toBeTruthy();
});

test("a form that was closed can be opened again with what was typed", async () => {
  await opened();
  await fill();
  await press("Escape");
  expect(screen.queryByRole("dialog")).toBeNull();
  await click(closedFormText.back);
  expectFilled();
  radio(createText.date).click();
  await press("Escape");
  await click(closedFormText.back);
  expect(radio(createText.date).checked, "a date is kept, too").toBe(true);
});

test("what was typed isn’t offered again over another form", async () => {
  await opened();
  await fill();
  await press("Escape");
  expect(button(closedFormText.back)).toBeTruthy();
  await press("k", { ctrlKey: true });
  expect(screen.getByRole("button", { name: closedFormText.back, hidden: true })).toBeTruthy();
  await press("Escape");
  await press("c");
  await settle();
  expect(screen.queryByRole("button", { name: closedFormText.back, hidden: true })).toBeNull();
});

test("of a form in which nothing was typed nothing is said", async () => {
  await opened();
  await press("Escape");
  expect(screen.queryByRole("button", { name: closedFormText.back })).toBeNull();
});

test("an error keeps everything that was typed", async () => {
  await opened({ tokensCreate: fails("server", "The server failed. No token was created.") });
  await fill();
  submit();
  await settle();
  expectFilled();
  expect(screen.getByRole("alert").textContent).toContain("No token was created.");
  expect(button("Create token").disabled).toBe(false);
});

test("an empty name is said beside the field, and nothing is sent", async () => {
  const { called } = await opened();
  expect(text()).not.toContain("Give the token a name.");
  submit();
  await settle();
  expect(called("tokensCreate")).toEqual([]);
  expect(text()).toContain("Give the token a name.");
  expect(document.activeElement).toBe(field(NAME));
  expect(field(NAME).getAttribute("aria-invalid")).toBe("true");
});

test("where nobody knows what a request did, no other is sent before a look", async () => {
  const { called } = await opened({
    tokensCreate: fails("outcomeUnknown", "The answer was lost."),
  });
  await fill();
  submit();
  await settle();
  expectFilled();
  submit();
  await settle();
  expect(called("tokensCreate")).toHaveLength(1);
  await pick("Project", 0);
  await click(createText.refreshFirst);
  expect(called("tokensLookForCreated")).toEqual([["tokensLookForCreated", 1, "p-1"]]);
  await pick("Project", 1);
  expect(button("Create token").disabled).toBe(false);
  expectFilled();
});

test("a look that fails does not allow another request", async () => {
  await opened({
    tokensCreate: fails("outcomeUnknown", "The answer was lost."),
    tokensLookForCreated: fails("unauthorized", "Still not known."),
  });
  await fill();
  submit();
  await settle();
  await click(createText.refreshFirst);
  expect(text()).toContain("Still not known.");
  expect(button("Create token").disabled).toBe(true);
});

test("a recipe fills the form, and leaves a name that was typed", async () => {
  await opened();
  await click("GitLab CI");
  expect(field(NAME).value).toBe("gitlab-ci");
  await click("Local development");
  expect(field(NAME).value).toBe("local-development");
  expect(radio("30 days").checked).toBe(true);
  await type(NAME, "mine");
  await click("Staging");
  expect(field(NAME).value).toBe("mine");
});

test("after a recipe its name is selected, to be typed over", async () => {
  await opened();
  await click("GitLab CI");
  const name = field(NAME);
  expect(document.activeElement).toBe(name);
  expect([name.selectionStart, name.selectionEnd]).toEqual([0, "gitlab-ci".length]);
});

test("a recipe is lit for as long as the form is as it filled it in", async () => {
  await opened();
  const lit = () =>
    screen.queryAllByRole("button", { pressed: true }).map((it) => it.textContent.trim());
  await click("GitLab CI");
  expect(lit()).toContain("GitLab CI");
  await type(NAME, "gitlab-ci-web");
  expect(lit()).not.toContain("GitLab CI");
  await click("Local development");
  expect(lit()).toContain("Local development");
  radio("Never").click();
  await settle();
  expect(lit()).not.toContain("Local development");
});

test("a name that is taken is said at the name, and may be sent", async () => {
  const taken = "A token named “web” already exists.";
  const { called, fake } = await opened();
  const check = fake.tokensCheckCreate;
  fake.tokensCheckCreate = async (request) => ({ ...(await check(request)), nameWarning: taken });
  await type(NAME, "web");
  expect(noteOf(NAME)).toContain(taken);
  expect(field(NAME).getAttribute("aria-invalid")).toBe("false");
  submit();
  await settle();
  expect(called("tokensCreate")).toHaveLength(1);
});

test("a preset whose name is taken proposes a free one, and no name that was typed is changed", async () => {
  const { called, fake } = await opened();
  const check = fake.tokensCheckCreate;
  fake.tokensCheckCreate = async (request) => ({
    ...(await check(request)),
    nameWarning: request.name === "gitlab-ci" ? "Taken." : null,
    freeName: request.name === "gitlab-ci" ? "gitlab-ci-2" : null,
  });
  await click("GitLab CI");
  expect(field(NAME).value).toBe("gitlab-ci-2");
  expect(noteOf(NAME)).not.toContain("Taken.");
  expect(button("GitLab CI").getAttribute("aria-pressed")).toBe("true");
  await click("Staging");
  expect(field(NAME).value, "the proposal of another").toBe("staging-server");
  await type(NAME, "gitlab-ci");
  await click("GitLab CI");
  expect(field(NAME).value, "what was typed").toBe("gitlab-ci");
  submit();
  await settle();
  expect(called("tokensCreate")).toHaveLength(1);
});

test("one like a token that is there begins with its settings", async () => {
  const { called } = await open();
  await press("ArrowDown");
  await press("Enter");
  await click("Duplicate…");
  const name = field(NAME);
  expect(screen.getByRole("heading", { name: createText.duplicate("token-0") })).toBeTruthy();
  expect(name.value).toBe("token-0");
  expect([name.selectionStart, name.selectionEnd], "to be typed over").toEqual([0, 7]);
  expect(select("Project").selectedIndex).toBe(1);
  expect(radio("30 days").checked).toBe(true);
  expect(screen.getByText("glossary:read")).toBeTruthy();
  await click(m.cancel);
  grid().focus();
  await press("c");
  expect(field(NAME).value).toBe("");
  expect(called("tokensCreate")).toEqual([]);
});

test("of several checks the last one counts", async () => {
  const slow = later<never>();
  const check = (summary: string) => ({
    summary,
    expiresText: null,
    nameError: null,
    nameWarning: null,
    freeName: null,
    expiryError: null,
    scopesError: null,
    warnings: [],
    notes: { placeError: null, noteError: null },
  });
  const answers = [check("first"), slow.promise, check("last")];
  await opened({ tokensCheckCreate: () => answers.shift() ?? check("later") });
  await type(NAME, "a");
  await type(NAME, "ab");
  slow.resolve(check("late") as never);
  await settle();
  expect(text()).toContain("last");
  expect(text()).not.toContain("late.");
});

test("the Tab key passes by the scopes, and the arrows go to them", async () => {
  await opened();
  const scopes = field("Scopes");
  await type("Scopes", "glossary:read");
  await press("Enter", {}, scopes);
  const chips = () => [...document.querySelectorAll<HTMLElement>(".scopes button")];
  const before = chips().length;
  expect(before).toBeGreaterThan(1);
  expect(chips().every(({ tabIndex }) => tabIndex === -1)).toBe(true);
  scopes.focus();
  await press("ArrowLeft");
  expect(document.activeElement).toBe(chips().at(-1));
  await press("ArrowLeft");
  expect(document.activeElement).toBe(chips().at(-2));
  await press("Delete");
  expect(chips()).toHaveLength(before - 1);
  expect(document.activeElement).toBe(scopes);
  await press("ArrowLeft");
  await press("ArrowRight");
  expect(document.activeElement).toBe(scopes);
});

test("scopes are typed freely, and taken away one by one", async () => {
  const { called } = await opened();
  await type(NAME, "x");
  await type("Scopes", "glossary:read");
  await press("Enter");
  expect(screen.getByText("glossary:read")).toBeTruthy();
  await click("Remove translations:read");
  submit();
  await settle();
  expect(called("tokensCreate")[0]?.[1]).toMatchObject({ scopes: ["glossary:read"] });
});
