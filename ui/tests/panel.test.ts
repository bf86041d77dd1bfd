import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { QueryRequest } from "../src/ipc";
import { rowMenu } from "../src/menu/messages";
import { m } from "../src/messages";
import { rotationsText } from "../src/rotation/messages";
import { rotationText } from "../src/token/messages";
import { later, settle, tell } from "./fake";
import { button, click, field, grid, open, press, type } from "./open";
import { rotation } from "./rotation-sample";
import { answer, details, key, start, status } from "./samples";

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

test("findings come before the facts, and the keyboard goes on in the panel from token to token", async () => {
  await open();
  await press("ArrowDown");
  await press("Enter");
  const panel = screen.getByRole("complementary", { name: m.details.label });
  const text = panel.textContent ?? "";
  expect(text.indexOf("Unused for 219 days")).toBeLessThan(text.indexOf(m.details.created));
  const scroll = within(panel).getByRole("group");
  scroll.focus();
  scroll.scrollTop = 30;
  await press("j");
  expect(within(panel).getByRole("heading", { name: "token-1" })).toBeTruthy();
  expect([document.activeElement, scroll.scrollTop]).toEqual([scroll, 30]);
  await press("k");
  expect(document.activeElement).toBe(scroll);
});

test("beside the last use stands how far off it may be, where that is known", async () => {
  let offBy: string | null = "± 5 min";
  await open(start(), { tokensDetails: (of) => ({ ...details(of), offBy }) });
  await press("ArrowDown");
  await press("Enter");
  const panel = screen.getByRole("complementary", { name: m.details.label });
  expect(panel.textContent).toContain("7 months ago ± 5 min");
  offBy = null;
  await press("ArrowDown", {}, grid());
  expect(panel.textContent).not.toContain("±");
});

test("the panel closes when a search no longer finds its token, and stays while it does", async () => {
  const found = ({ text, ...request }: QueryRequest) =>
    text === "gone" ? answer({ ...request, anchor: null }, 7) : answer(request);
  await open(start(), { tokensQuery: found });
  await press("ArrowDown");
  await press("Enter");
  await type(/Search/, "token");
  expect(screen.getByRole("complementary", { name: m.details.label })).toBeTruthy();
  await type(/Search/, "gone");
  expect(screen.queryByRole("complementary")).toBeNull();
  expect(document.activeElement).toBe(field(/Search/));
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

test("a rotation that is stuck says what it waits for, and is gone to", async () => {
  const waiting = "The 03:00 job still uses the old one";
  const pair = { role: "old", other: key("new"), stuck: waiting } as const;
  await open(start(), {
    tokensDetails: (of) => ({ ...details(of), rotation: pair }),
    rotationsList: () => [
      rotation({ old: key(0), name: "token-0" }),
      rotation({ id: { connection: 1, number: 6 } }),
    ],
  });
  await press("ArrowDown");
  await press("Enter");
  expect(screen.getByRole("complementary").textContent).toContain(rotationText.stuck(waiting));
  await click(rotationText.show);
  await settle();
  expect(document.activeElement).toBe(button(rotationsText.more("token-0")));
});

test("what was decided stands above the findings that it is about", async () => {
  const decision = { says: "Kept until 24 Feb 2027", reason: "", decided: "24 Nov 2026" };
  await open(start(), { tokensDetails: (of) => ({ ...details(of), decision }) });
  await press("ArrowDown");
  await press("Enter");
  const text = screen.getByRole("complementary").textContent ?? "";
  expect(text).toContain(decision.says);
  expect(text.indexOf(decision.says)).toBeLessThan(text.indexOf("Unused for 219 days"));
});

test("rotating is offered beside revoking, where nothing scrolls", async () => {
  await open();
  await press("ArrowDown");
  await press("Enter");
  const panel = within(screen.getByRole("complementary"));
  const rotate = panel.getByRole("button", { name: rowMenu.rotate });
  expect(rotate.closest("footer")).not.toBeNull();
  expect(panel.getByRole("button", { name: m.details.revoke }).closest("footer")).toBe(
    rotate.closest("footer"),
  );
});
