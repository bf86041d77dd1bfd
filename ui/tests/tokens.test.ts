import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { words } from "../src/dialogs/messages";
import { m } from "../src/messages";
import { later, settle, tell } from "./fake";
import { button, click, field, grid, open, press, text, type } from "./open";
import { answer, connection, counts, details, key, start, status } from "./samples";

const none = () => ({ ...answer({ top: 0, len: 30, seq: 0, anchor: null }, 0), counts: counts(0) });
const empty = (change: Parameters<typeof status>[0]) =>
  open(start({ list: none(), status: status(change) }), {
    tokensQuery: ({ seq }) => ({ ...none(), seq }),
    tokensSync: () => status(change),
  });

test("a card filters, and says that it does", async () => {
  const { called } = await open();
  await click(/Stale/);
  expect(called("tokensQuery")[0]?.[1]).toMatchObject({ view: "stale", top: 0 });
  expect(button(/6 Stale/).getAttribute("aria-pressed")).toBe("true");
  expect(button(/48 All/).getAttribute("aria-pressed")).toBe("false");
});

test("a date that cannot be read is told from none, and says why", async () => {
  const why = "The server reports this date in an unreadable form.";
  const odd = { text: "Unreadable", title: why, local: null, muted: false };
  const asked = answer({ top: 0, len: 30, seq: 0, anchor: null }, 1);
  const rows = asked.rows.map((row) => ({ ...row, chip: "unreadable" as const, expires: odd }));
  await open(start({ list: { ...asked, rows } }));
  const cell = screen.getByTitle(why);
  expect([cell.textContent.trim(), cell.classList.contains("never")]).toEqual([
    "Unreadable",
    false,
  ]);
});

test("each letter asks at once, and the result is told", async () => {
  const { called } = await open(start(), { tokensQuery: (request) => answer(request, 6) });
  await press("/");
  expect(document.activeElement).toBe(field(/Search/));
  await type(/Search/, "ci");
  expect(called("tokensQuery")[0]?.[1]).toMatchObject({ text: "ci" });
  expect(screen.getByText("6 of 6 tokens").getAttribute("role")).toBe("status");
});

test("All is chosen only where nothing filters, and shows all again", async () => {
  await open();
  const all = screen.getByRole("button", { name: /All$/ });
  expect(all.getAttribute("aria-pressed")).toBe("true");
  await type(/Search/, "ci");
  expect(all.getAttribute("aria-pressed")).toBe("false");
  all.click();
  await settle();
  expect(field(/Search/).value).toBe("");
  expect(all.getAttribute("aria-pressed")).toBe("true");
});

test("Escape empties the search, and once more goes back to the list", async () => {
  await open();
  await type(/Search/, "ci");
  await press("Escape");
  expect(field(/Search/).value).toBe("");
  expect(document.activeElement).toBe(field(/Search/));
  await press("Escape");
  expect(document.activeElement).toBe(grid());
});

test("letters typed into the search are no commands", async () => {
  await open();
  field(/Search/).focus();
  for (const key of ["c", "s", "j", "?", "Delete"]) await press(key);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("Enter shows details, the arrows take them along, Escape closes them", async () => {
  await open();
  await press("ArrowDown");
  await press("Enter");
  const panel = screen.getByRole("complementary", { name: m.details.label });
  expect(within(panel).getByRole("heading", { name: "token-0" })).toBeTruthy();
  expect(panel.textContent).toContain("Unused for 219 days (limit 90).");
  await press("ArrowDown", {}, grid());
  expect(within(panel).getByRole("heading", { name: "token-1" })).toBeTruthy();
  await press("Escape", {}, grid());
  expect(screen.queryByRole("complementary")).toBeNull();
});

test("the panel steps through the list, and stops at its ends", async () => {
  await open(start({}, 2), { tokensQuery: (request) => answer(request, 2) });
  await press("ArrowDown");
  await press("Enter");
  const heading = () =>
    within(screen.getByRole("complementary")).getByRole("heading", { level: 2 });
  expect(button("Previous token").disabled).toBe(true);
  await click("Next token");
  expect(heading().textContent).toBe("token-1");
  expect(button("Next token").disabled).toBe(true);
  await click("Previous token");
  expect(heading().textContent).toBe("token-0");
});

test("nothing is to be kept of a token that has no findings", async () => {
  await open(start(), { tokensDetails: (key) => ({ ...details(key), findings: [] }) });
  await press("ArrowDown");
  await press("Enter");
  expect(screen.queryByRole("button", { name: /^Keep until…/ })).toBeNull();
});

test("an organization without tokens has nothing to count, and one primary button", async () => {
  await empty({});
  expect(text()).toContain("No tokens yet");
  expect(screen.queryByRole("toolbar", { name: "Filters" })).toBeNull();
  expect(document.querySelectorAll(".primary")).toHaveLength(1);
});

test("Ctrl A selects no text of a dialog, but that of its fields", async () => {
  await open();
  await press("c");
  const dialog = screen.getByRole("dialog");
  const select = (on: Element) => press("a", { ctrlKey: true }, on);
  expect((await select(dialog)).defaultPrevented).toBe(true);
  expect((await select(field("Name"))).defaultPrevented).toBe(false);
});

test("the help says which version this is", async () => {
  await open();
  await press("?");
  expect(screen.getByRole("dialog").textContent).toContain("Entri Tokens 0.1.0");
});

test("Escape in the details closes them, and the list has the focus again", async () => {
  await open();
  await press("ArrowDown");
  await press("Enter");
  button(m.details.close).focus();
  await press("Escape");
  expect(screen.queryByRole("complementary")).toBeNull();
  expect(document.activeElement).toBe(grid());
});

test("details of a token that is gone after a refresh are closed", async () => {
  let there = true;
  await open(start(), { tokensDetails: (asked) => (there ? details(asked) : null) });
  await press("ArrowDown");
  await press("Enter");
  there = false;
  await tell.changed(status({ generation: 2 }));
  await settle();
  expect(screen.queryByRole("complementary")).toBeNull();
});

test("of two tokens looked at in a row, the later is shown", async () => {
  const first = later<ReturnType<typeof details>>();
  await open(start(), {
    tokensDetails: (asked) => (asked.id === "t-0" ? first.promise : details(asked)),
  });
  await press("ArrowDown");
  await press("Enter");
  await press("ArrowDown");
  await press("Enter");
  first.resolve(details(key(0)));
  await settle();
  expect(screen.getByRole("heading", { name: "token-1" })).toBeTruthy();
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
  const offline = status({ asOf: "23 Nov, 14:02", problems });
  const { called } = await open(start({ status: offline }), { tokensSync: () => offline });
  expect(screen.getByRole("alert").textContent).toContain(
    "Offline. Showing tokens from 23 Nov, 14:02.",
  );
  expect(screen.getByText("token-0")).toBeTruthy();
  await click(m.retry);
  expect(called("tokensSync")).toHaveLength(2);
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

test("where nothing matches, one button shows everything again", async () => {
  await open(start(), {
    tokensQuery: (request) => ({
      ...answer(request, request.text === "" ? 48 : 0),
      counts: counts(48),
    }),
  });
  await type(/Search/, "zzz");
  expect(text()).toContain(m.empty.noMatch);
  await click(m.empty.clear);
  expect(screen.getByText("token-0")).toBeTruthy();
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

test("the sandbox is labelled in the sidebar and in the status bar", async () => {
  const sandbox = { ...connection, sandbox: true, storage: "session" as const };
  const shown = status({ connections: [sandbox] });
  await open(start({ status: shown }), { tokensSync: () => shown });
  const nav = screen.getByRole("navigation");
  expect(within(nav).getByText(m.sandbox)).toBeTruthy();
  const bar = document.querySelector<HTMLElement>(".status-bar");
  expect(bar?.textContent).toContain(m.sandbox);
  expect(bar?.textContent).toContain("this session only");
});

test("Ctrl R refreshes the list and never reloads the page", async () => {
  const { called } = await open();
  const event = await press("r", { ctrlKey: true });
  expect(event.defaultPrevented).toBe(true);
  expect(called("tokensSync")).toHaveLength(2);
});

test("? shows the shortcuts, and the focus comes back to the list", async () => {
  await open();
  await press("?");
  expect(screen.getByRole("dialog", { name: words.help.title })).toBeTruthy();
  await press("Escape");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.activeElement).toBe(grid());
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

test("G and a letter go to a screen, with the keyboard, and not while somebody types", async () => {
  await open();
  const shown = () => screen.getAllByRole("heading", { level: 1 })[0]?.textContent;
  grid().focus();
  await press("g");
  await press("j");
  expect(shown()).toBe(m.activity);
  expect(document.activeElement).toBe(screen.getByRole("heading", { level: 1 }));
  await press("g");
  await press("t");
  expect(document.activeElement).toBe(grid());
  expect(grid().getAttribute("aria-activedescendant")).toBeNull();
  await press("/");
  await press("g");
  await press("a");
  expect(shown()).toBe(m.title);
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

test("G T to an empty list leaves the keyboard on what says so, and the keys go on", async () => {
  await empty({});
  for (const key of ["g", "j", "g", "t"]) await press(key);
  const says = screen.getByRole("heading", { level: 2, name: m.empty.none });
  expect(document.activeElement).toBe(says);
  await press("/");
  expect(document.activeElement).toBe(field(m.search));
});
