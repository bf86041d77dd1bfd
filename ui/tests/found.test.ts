/** A value that was found: whose it is, the one confirmation, and what is left. */
import { cleanup, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import { foundText } from "../src/found/messages";
import { newTokenText } from "../src/deliver/messages";
import { m } from "../src/messages";
import { fails, settle, tell } from "./fake";
import { found, ID, incident, REVOKED } from "./incident-sample";
import { button, click, open, press, text, type } from "./open";
import { run } from "./palette-page";
import { key, plan, start, status, when } from "./samples";

test("the button asks at once, and the keyboard goes on with the revoke", async () => {
  const { called } = await found([incident()]);
  expect(called("incidentsFound").length).toBe(1);
  expect(text()).toContain("“token-3” is exposed");
  expect(text()).toContain(foundText.sureness.certain);
  expect(document.activeElement).toBe(button(foundText.revoke));
});

test("one confirmation names the token and its last use, and types nothing", async () => {
  let now = incident();
  const { called } = await found([], {
    incidentsList: () => [now],
    tokensPreviewRevoke: (asked) => plan(asked, "typeName"),
    incidentsRevoke: () => {
      now = REVOKED;
      return null;
    },
  });
  await click(foundText.revoke);
  expect(screen.getByRole("dialog", { name: "Revoke “token-3” now?" })).toBeTruthy();
  expect(document.activeElement).toBe(button(m.cancel));
  await click(foundText.submit);
  await settle();
  const { seen } = plan(key(3), "typeName");
  expect(called("incidentsRevoke")).toEqual([["incidentsRevoke", ID, key(3), seen]]);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(text()).toContain("“token-3” is revoked and proven dead");
  expect(text()).toContain("24 seconds from found to proven.");
  expect(text()).toContain("A second proof follows.");
  expect(text()).toContain("in 41 s");
  expect(document.activeElement).toBe(button(foundText.replace));
});

test("what fails is said in the confirmation, which stays", async () => {
  await found([incident()], { incidentsRevoke: fails("unreachable") });
  await click(foundText.revoke);
  await click(foundText.submit);
  await settle();
  expect(screen.getByRole("alert").textContent).toContain("It failed: unreachable.");
  expect(button(foundText.submit).disabled).toBe(false);
});

test("where nobody knows, the server is asked on a press only, or a person chooses", async () => {
  const suspects = [{ key: key(5), name: "token-5", lastUsed: when("2 min ago") }];
  const unknown = incident({ named: null, suspects });
  const { called } = await found([unknown]);
  expect(called("incidentsTest")).toEqual([]);
  expect(text()).toContain(foundText.others);
  await click(foundText.test("Nordlys Apps"));
  expect(called("incidentsTest")).toEqual([["incidentsTest", ID, 1]]);
  await click(foundText.choose("token-5"));
  expect(called("incidentsChoose")).toEqual([["incidentsChoose", ID, key(5)]]);
});

test("once the second proof came, none is announced", async () => {
  await found([{ ...REVOKED, secondIn: null }]);
  expect(text()).toContain("24 seconds from found to proven. Every step is recorded");
  expect(text()).not.toContain("A second proof follows.");
});

test("a second proof that wasn’t made is said, with a way to make it", async () => {
  const closed = { ...REVOKED, secondIn: null, secondMissing: true };
  await found([{ ...closed, mask: null }]);
  expect(text()).toContain("The second proof, a minute later, wasn’t made.");
  expect(button(foundText.proveBy)).toBeTruthy();
  cleanup();
  const { called } = await found([closed]);
  await click(foundText.prove);
  expect(called("incidentsProve")).toEqual([["incidentsProve", ID]]);
});

test("a proof that failed isn’t called dead", async () => {
  await found([{ ...REVOKED, dead: false, mask: null }]);
  expect(text()).toContain("“token-3” is revoked");
  expect(text()).not.toContain("proven dead");
  expect(text()).toContain(foundText.notKept);
});

test("what is open is told below the list, and goes on from there", async () => {
  await open(start(), { incidentsList: () => [REVOKED] });
  await tell.changed(status({ incidents: 1 }));
  await vi.waitFor(() => expect(text()).toContain(foundText.open(1)));
  await click(foundText.goOn);
  await settle();
  expect(text()).toContain("proven dead");
});

test("each new status brings what changed", async () => {
  let now = incident();
  await found([], { incidentsList: () => [now] });
  now = REVOKED;
  await tell.changed(status());
  await settle();
  expect(text()).toContain("proven dead");
});

test("forgetting the value asks, and says what that means for its token", async () => {
  const { called } = await found([incident()]);
  await click(foundText.forget);
  expect(text()).toContain(foundText.stands.live("token-3"));
  expect(document.activeElement).toBe(button(m.cancel));
  await press("Escape");
  expect(called("incidentsForget")).toEqual([]);
  await click(foundText.forget);
  await click(foundText.forgetSubmit);
  expect(called("incidentsForget")).toEqual([["incidentsForget", ID]]);
});

test("closing the incident asks, and says what is still open", async () => {
  const { called } = await found([incident({ named: null })]);
  await click(foundText.close);
  const dialog = screen.getByRole("dialog", { name: foundText.closeTitle });
  expect(dialog.textContent).toContain(foundText.stands.unknown);
  expect(called("incidentsClose")).toEqual([]);
  await click(foundText.closeSubmit);
  expect(called("incidentsClose")).toEqual([["incidentsClose", ID]]);
});

test("closing one that is revoked says what is left of it, and nothing once it is done", async () => {
  const { fake } = await found([{ ...REVOKED, dead: null }]);
  const asks = async () => {
    await click(foundText.close);
    const said = screen.getByRole("dialog", { name: foundText.closeTitle }).textContent;
    await press("Escape");
    return said;
  };
  expect(await asks()).toContain(`${foundText.notDone(false, true, 0)} ${foundText.closeText}`);
  fake.incidentsList = () => [REVOKED];
  await tell.changed(status());
  await settle();
  const said = await asks();
  expect(said).toContain(`${foundText.notDone(true, true, 0)} ${foundText.closeText}`);
  expect(said).toContain("second proof");
  expect(said).not.toContain("isn’t proven");
  expect(foundText.notDone(true, false, 2)).toBe("");
});

test("once a replacement is created, the incident goes on", async () => {
  await found([REVOKED]);
  await click(foundText.replace);
  screen.getByRole("dialog").querySelector("form")?.requestSubmit();
  await settle();
  await click(newTokenText.copy);
  await press("Escape");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(text()).toContain(foundText.left);
});

test("E exports the record, unless something is typed", async () => {
  const { called } = await found([REVOKED]);
  screen.getByRole("textbox", { name: /questions/ }).focus();
  await press("e");
  expect(called("incidentsRecordPath")).toEqual([]);
  button(foundText.replace).focus();
  await press("e");
  expect(screen.getByRole("dialog", { name: foundText.exportTitle })).toBeTruthy();
});

test("after a text without a value, the keyboard goes on with the button that asks again", async () => {
  await found([], { incidentsFound: fails("invalid", "No token value in this text.") });
  expect(text()).toContain("No token value in this text.");
  expect(document.activeElement).toBe(button(foundText.paste));
});

test("Escape closes what failed, then does what it did before", async () => {
  await found([incident()], { incidentsRecordPath: fails("internal", "No room.") });
  await press("e");
  expect(text()).toContain("No room.");
  await press("Escape");
  expect(text()).not.toContain("No room.");
});

test("a value whose token is gone can be proven dead, until it is", async () => {
  let now = incident({ revoked: true });
  const { called } = await found([], { incidentsList: () => [now] });
  await click(foundText.prove);
  expect(called("incidentsProve")).toEqual([["incidentsProve", ID]]);
  now = REVOKED;
  await tell.changed(status());
  await settle();
  expect(screen.queryByRole("button", { name: foundText.prove })).toBeNull();
});

test("before the revoke nothing can be proven, nor without the value", async () => {
  for (const change of [{}, { revoked: true, mask: null }]) {
    await found([incident(change)]);
    expect(screen.queryByRole("button", { name: foundText.prove })).toBeNull();
    cleanup();
  }
});

test("what is known about where it was is kept with the incident", async () => {
  const { called } = await found([REVOKED]);
  const where = screen.getByRole<HTMLInputElement>("textbox", { name: "Found in" });
  await type("Found in", "a ticket");
  where.dispatchEvent(new Event("change", { bubbles: true }));
  await settle();
  expect(called("incidentsExposure")).toEqual([["incidentsExposure", ID, ["a ticket", ""]]]);
});

const bar = (used: number) => ({ used, unknown: 0, title: "3 Mar 2026: used" });
const exposure = {
  says: "2 days, from 3 Mar 2026 to 4 Mar 2026",
  bars: [bar(100), bar(0)],
  axis: ["2 Mar 2026", "a day each", "3 Mar 2026"],
  exposed: [false, true],
  words: ["No use was seen in that time."],
};

test("the exposure is drawn over the usage, and what was seen in it is told", async () => {
  await found([incident({ window: exposure })]);
  const card = screen.getByRole("region", { name: /^Exposed for/ });
  for (const said of [exposure.says, ...exposure.words, ...exposure.axis])
    expect(card.textContent).toContain(said);
  expect(card.querySelectorAll(".use-bars > .exposed")).toHaveLength(1);
});

test("an exposure that nobody dated is not known, and says what to enter", async () => {
  const window = { ...exposure, says: null, exposed: [false, false], words: [] };
  await found([incident({ window })]);
  const card = screen.getByRole("region", { name: /^Exposed for/ });
  expect(card.textContent).toContain(foundText.sinceUnknown);
  expect(card.textContent).toContain(foundText.enterSince);
  expect(card.querySelector(".use-chart")).toBeNull();
});

test("what the app knows is done says how", async () => {
  const says = "Replaced by “token-3 (r2)”: its value went to the clipboard";
  await found([{ ...REVOKED, tasks: [["replace", says]] }]);
  expect(text()).toContain(says);
  expect(text()).toContain(foundText.done(1, 2));
  expect(screen.getAllByRole("button", { name: foundText.markDone })).toHaveLength(1);
  expect(button(foundText.replace).classList.contains("primary"), "Enter makes no second one").toBe(
    false,
  );
});

test("a token that is created instead says of which incident it is", async () => {
  const { called } = await found([REVOKED]);
  await click(foundText.replace);
  screen.getByRole("dialog").querySelector("form")?.requestSubmit();
  await settle();
  expect(called("tokensCreate")[0]?.[1]).toMatchObject({ incident: 7 });
});

test("the one confirmation says what the revoke means for a rotation", async () => {
  const rotation = "This is the token being replaced.";
  await found([incident()], { tokensPreviewRevoke: (of) => ({ ...plan(of), rotation }) });
  await click(foundText.revoke);
  expect(screen.getByRole("dialog").textContent).toContain(rotation);
});

test("while an incident is open, the sidebar and the palette lead to it", async () => {
  const now = status({ incidents: 2 });
  const incidentsList = () => [incident()];
  await open(start({ status: now }), { tokensSync: () => now, incidentsList });
  expect(button(new RegExp(`^${m.incidents}`)).textContent).toContain("2");
  await click(new RegExp(`^${m.incidents}`));
  expect(text()).toContain("“token-3” is exposed");
  expect(button(new RegExp(`^${m.incidents}`)).getAttribute("aria-current")).toBe("page");
  await click(new RegExp(`^${m.title}`));
  await run(m.incidents);
  expect(text()).toContain("“token-3” is exposed");
  await tell.changed(status());
  await settle();
  expect(screen.queryByRole("button", { name: new RegExp(`^${m.incidents}`) })).toBeNull();
});
