/** The preferences: each takes effect at once, says what it can be reset to, and is found by its words. */
import { screen } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";

import type { BulkRevokeProgressView, Setting, SettingsView } from "../src/ipc";
import { fileText } from "../src/fields/messages";
import { m } from "../src/messages";
import { keptText, preferencesText as t } from "../src/preferences/messages";
import { signInText } from "../src/sign-in/messages";
import { settings as followed } from "../src/settings/followed.svelte";
import { fails, later, settle, tell } from "./fake";
import {
  button,
  choose,
  click,
  grid,
  open,
  pick,
  press,
  radio,
  select,
  text,
  unconnected,
} from "./open";
import { noTokens, run } from "./palette-page";
import { changed, settings, settingsView, start, status } from "./samples";

/** A shell that keeps what is set. */
async function keeping(given: Parameters<typeof open>[1] = {}, begin = settings) {
  let now = begin;
  const change = (changes: readonly Setting[]) =>
    settingsView({ now: (now = changed(now, changes)) });
  const shell = await open(start({ settings: begin }), {
    settingsShow: () => settingsView({ now }),
    settingsChange: change,
    ...given,
  });
  return { ...shell, change };
}

async function shown(given: Parameters<typeof open>[1] = {}, begin = settings) {
  const shell = await keeping(given, begin);
  await press(",", { ctrlKey: true });
  return shell;
}

const root = () => document.documentElement.style;
const title = () => screen.queryByRole("heading", { level: 1 })?.textContent;
const toggle = () => screen.getByRole<HTMLInputElement>("switch", { name: t.labels.singleKeys });

beforeEach(() => {
  Element.prototype.scrollIntoView = () => undefined;
});

test("the page starts as it was set", async () => {
  await keeping({}, { ...settings, theme: "dark", density: "compact" });
  expect(root().getPropertyValue("color-scheme")).toBe("dark");
  expect(root().getPropertyValue("--row")).toBe("36px");
  expect(document.querySelector<HTMLElement>(".row:nth-child(2)")?.style.transform).toContain("36");
});

test("a theme is shown at once, and reset", async () => {
  const { called } = await shown();
  expect(title()).toBe(t.title);
  expect(root().getPropertyValue("color-scheme")).toBe("");
  await choose("Dark");
  expect(called("settingsChange")).toEqual([
    ["settingsChange", [{ name: "theme", value: "dark" }]],
  ]);
  expect(root().getPropertyValue("color-scheme")).toBe("dark");
  await click(`${t.labels.theme}: Reset to System`);
  expect(radio("System").checked).toBe(true);
  expect(root().getPropertyValue("color-scheme")).toBe("");
  expect(document.activeElement).toBe(radio("System"));
});

test("each of them is changed and reset", async () => {
  const { called } = await shown();
  await choose("Compact");
  await click(t.larger);
  await choose("UTC");
  await pick(t.labels.clearClipboard, t.clears.indexOf(60));
  await pick(t.labels.countdown, t.countdowns.indexOf(10));
  toggle().click();
  await settle();
  const changes = called("settingsChange").flatMap(([, changes]) => changes);
  expect(changes).toEqual([
    { name: "density", value: "compact" },
    { name: "textSize", value: 110 },
    { name: "zone", value: "utc" },
    { name: "clearClipboard", value: 60 },
    { name: "countdown", value: 10 },
    { name: "singleKeys", value: false },
  ]);
  const resets = screen.getAllByRole("button", { name: /: Reset to/ });
  expect(resets.map((it) => it.textContent)).toEqual([
    "Reset to Comfortable",
    "Reset to 100%",
    "Reset to Local (UTC+1)",
    "Reset to 30 seconds",
    "Reset to 5 seconds",
    "Reset to On",
  ]);
  for (const it of resets) {
    it.click();
    await settle();
  }
  expect(screen.queryAllByRole("button", { name: /: Reset to/ })).toEqual([]);
});

test("all of them are reset after a question", async () => {
  const { called } = await shown({}, { ...settings, theme: "dark", countdown: 0 });
  expect(select(t.labels.countdown).value).toBe("0");
  await click(t.resetAll);
  await click(m.cancel);
  expect(called("settingsChange")).toEqual([]);
  await click(t.resetAll);
  await click(t.resetSubmit);
  expect(radio("System").checked).toBe(true);
  expect(text()).toContain(t.wereReset);
  expect(t.wereReset, "those stay as they are").toContain("except background checks");
});

test("to reset them is no way back, and what failed is not said to be done", async () => {
  await shown({ settingsChange: fails("invalid", "The disk is full.") });
  const icon = (of: Element | null) => of?.querySelector("svg")?.innerHTML;
  expect(icon(button(t.resetAll))).toBe(icon(button(t.sections.checks)));
  await click(t.resetAll);
  await click(t.resetSubmit);
  expect(text()).toContain("The disk is full.");
  expect(text()).not.toContain(t.wereReset);
});

test.each([
  [0, 1],
  [1, 0],
])("of two changes in a row, the one that ends first leaves the other's mark", async (...order) => {
  const answers = [later<SettingsView>(), later<SettingsView>()] as const;
  let asked = 0;
  await shown({ settingsChange: () => answers[asked++ === 0 ? 0 : 1].promise });
  await choose("Dark");
  await choose("Compact");
  const marked = () => [radio("Dark").checked, radio("Compact").checked];
  expect(marked()).toEqual([true, true]);
  const dark = { ...settings, theme: "dark" as const };
  const compact = { ...settings, density: "compact" as const };
  answers[order[0] as 0 | 1].resolve(settingsView({ now: order[0] === 0 ? dark : compact }));
  await settle();
  expect(marked()).toEqual([true, true]);
  answers[order[1] as 0 | 1].resolve(settingsView({ now: { ...dark, ...compact } }));
  await settle();
});

test("a section stays marked until the person scrolls, and at the end the last one is", async () => {
  await shown();
  const scroller = document.querySelector<HTMLElement>(".scroller");
  if (scroller === null) throw new Error("the settings scroll");
  const scrolled = async (top: number) => {
    scroller.scrollTop = top;
    scroller.dispatchEvent(new Event("scroll"));
    await settle();
  };
  const marked = () => document.querySelector(".preferences [aria-current]")?.textContent?.trim();
  const sections = Object.values(t.sections);
  vi.spyOn(scroller, "clientHeight", "get").mockReturnValue(500);
  vi.spyOn(scroller, "scrollHeight", "get").mockReturnValue(900);
  [...scroller.querySelectorAll("section")].forEach((it, at) => {
    const top = () => ({ top: at * 150 - scroller.scrollTop }) as DOMRect;
    vi.spyOn(it, "getBoundingClientRect").mockImplementation(top);
  });
  Element.prototype.scrollIntoView = () => (scroller.scrollTop = 400);
  await click(t.sections.keyboard);
  await scrolled(400);
  expect(marked()).toBe(t.sections.keyboard);
  await scrolled(150);
  expect(marked()).toBe(sections[1]);
  await scrolled(399.5);
  expect(marked()).toBe(sections.at(-1));
});

test("what somebody declined goes back to what it was", async () => {
  await shown({ settingsChange: fails("declined", "Canceled. Nothing was done.") });
  await pick(t.labels.countdown, t.countdowns.indexOf(0));
  expect(select(t.labels.countdown).value).toBe("5");
  expect(text()).toContain("Canceled.");
});

test("a size that was set by its keys is shown, and one that the file has", async () => {
  const { change } = await shown({}, { ...settings, clearClipboard: 45 });
  expect(select(t.labels.clearClipboard).value).toBe("45");
  change([{ name: "textSize", value: 200 }]);
  await tell.zoomed(200);
  await settle();
  expect(document.querySelector(".stepper output")?.textContent).toBe("200%");
  expect(button(t.larger).disabled).toBe(true);
});

test("what couldn't be read is said", async () => {
  const problem = "These settings couldn’t be read: theme.";
  await shown({ settingsShow: () => settingsView({ problem }) });
  expect(screen.getByRole("alert").textContent).toContain(problem);
});

test("times are told anew in another zone", async () => {
  const { called } = await shown();
  const before = called("tokensQuery").length;
  await choose("UTC");
  expect(called("tokensQuery").length).toBe(before + 1);
});

test("with single keys off, only those with Ctrl and the keys of movement work", async () => {
  await keeping({}, { ...settings, singleKeys: false });
  grid().focus();
  for (const key of ["c", "?", "/", "j", "g", "l"]) await press(key);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.querySelector(".row.active")).toBeNull();
  expect(title()).toBe(m.title);
  await press("ArrowDown");
  expect(document.querySelector(".row.active")).not.toBeNull();
  await press("n", { ctrlKey: true });
  expect(screen.getByRole("dialog")).toBeTruthy();
  followed.follow(settings);
});

test("without a countdown a revoke isn't held", async () => {
  const { called } = await keeping({}, { ...settings, countdown: 0 });
  grid().focus();
  await press("ArrowDown");
  await press("Delete");
  await click(/^Revoke/);
  expect(called("tokensHoldRevoke")).toEqual([]);
  expect(called("tokensRevoke")).toHaveLength(1);
});

test.each(Object.values(t.labels))("“%s” is found in the palette", async (label) => {
  await keeping({ tokensQuery: noTokens });
  await run(label);
  expect(title()).toBe(t.title);
  expect(document.activeElement?.closest("[data-setting]")?.textContent).toContain(label);
});

test("what was asked for by name is gone to once", async () => {
  await keeping({ tokensQuery: noTokens });
  await run(t.labels.theme);
  radio("Compact").focus();
  await choose("Compact");
  expect(document.activeElement).toBe(radio("Compact"));
});

test("they are reached with nothing connected, and lead back to connecting", async () => {
  const { called } = await unconnected();
  await press(",", { ctrlKey: true });
  expect(title()).toBe(t.title);
  expect(document.activeElement?.textContent).toBe(t.title);
  await choose("Dark");
  expect(called("settingsChange")).toHaveLength(1);
  await click(t.resetAll);
  await press("Escape");
  expect(title(), "that was the dialog's").toBe(t.title);
  await press("Escape");
  expect(title()).toBe(signInText.title);
  await click(m.preferences);
  expect(title()).toBe(t.title);
  await click(signInText.back);
  expect(title()).toBe(signInText.title);
  expect(document.activeElement).toBe(button(signInText.submit.apiToken));
  followed.follow(settings);
});

test("what is kept is shown with its sizes, opened and erased", async () => {
  const { called } = await shown({
    settingsErase: fails("declined", "Canceled. Nothing was done."),
  });
  for (const it of ["4.2 MB", "/home/mira/.local/share/io.nt3.entri-tokens", "3 entries"])
    expect(text()).toContain(it);
  await click(`${keptText.open}: ${keptText.folders.page}`);
  expect(called("settingsOpenPlace")).toEqual([["settingsOpenPlace", "page"]]);
  await click(keptText.eraseSubmit);
  expect(called("settingsErase")).toHaveLength(1);
  expect(text()).toContain("Canceled.");
});

test("everything is exported to a folder, whose name is said; a closed window says nothing", async () => {
  let made: string | null = null;
  await shown({ settingsExport: () => made });
  const before = text();
  await click(keptText.exportSubmit);
  expect(text()).toBe(before);
  made = "entri-tokens-2026-12-01";
  await click(keptText.exportSubmit);
  expect(text()).toContain(keptText.exported(made));
  expect(button(fileText.showInFolder)).toBeTruthy();
});

test("what would be lost is told in place of the button that erases", async () => {
  await shown();
  expect(button(keptText.eraseSubmit).disabled).toBe(false);
  const progress = { id: 1, done: 1, of: 3 } as unknown as BulkRevokeProgressView;
  await tell.changed(status({ bulkRevoke: { progress, connections: [1] } }));
  expect(button(keptText.eraseSubmit).disabled).toBe(true);
  expect(text()).toContain(keptText.revokes);
});

test("the proxy, where new versions come from, and the version are shown", async () => {
  const view = settingsView({ proxy: "proxy.example:8080", version: "1.4.0 (0ce365c4)" });
  await shown({ settingsShow: () => view });
  for (const it of ["proxy.example:8080", "never updates itself", "1.4.0 (0ce365c4)"])
    expect(text()).toContain(it);
});

test("of two quick changes the shell hears the second once the first is done", async () => {
  const first = later<SettingsView>();
  const { called } = await shown({ settingsChange: () => first.promise });
  await choose("Compact");
  await choose("Dark");
  expect(root().getPropertyValue("color-scheme")).toBe("");
  expect(radio("Dark").checked).toBe(true);
  expect(called("settingsChange")).toHaveLength(1);
  first.resolve(settingsView({ now: { ...settings, density: "compact" } }));
  await settle();
  expect(called("settingsChange")).toHaveLength(2);
});
