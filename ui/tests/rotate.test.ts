import { cleanup, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { RotationView } from "../src/ipc";
import { newTokenText } from "../src/deliver/messages";
import { foundText } from "../src/found/messages";
import { handoverText, rotateText, rotationsText } from "../src/rotation/messages";
import { fails, later, settle } from "./fake";
import { incident } from "./incident-sample";
import { button, choose, click, field, open, press, text, type } from "./open";
import { place, places, rotation, rotationPlan } from "./rotation-sample";
import { key, plan, start } from "./samples";

async function asked(given: Parameters<typeof open>[1] = {}) {
  const running = await open(start(), given);
  await press("ArrowDown");
  await press("r");
  return running;
}

async function created(given: Parameters<typeof open>[1] = {}) {
  const running = await asked(given);
  await click(rotateText.submit);
  return running;
}

test("R asks what becomes of the token of the row, and its button has the focus", async () => {
  const { called } = await asked();
  expect(called("rotationsPlan")).toHaveLength(1);
  expect(screen.getByRole("dialog").textContent).toContain("Rotate “token-");
  expect(document.activeElement).toBe(button(rotateText.submit));
  await press("Escape");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("why a token cannot be rotated is said", async () => {
  await asked({ rotationsPlan: fails("invalid", "Entri Tokens is signed in with this token.") });
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(text()).toContain("Entri Tokens is signed in with this token.");
});

test("what was chosen is sent: a place left out, one more, and how long to wait", async () => {
  const { called } = await asked();
  await click(rotateText.leaveOut("/srv/nightly/entri.env"));
  await type(rotateText.add, "The old server");
  await press("Enter");
  await choose("48 hours");
  await click(rotateText.submit);
  expect(called("rotationsBegin")[0]?.[1]).toMatchObject({
    name: "token-3 (r2)",
    expiry: { kind: "days", days: 90 },
    leftOut: ["b"],
    byHand: ["The old server"],
    quietHours: 48,
  });
  expect(called("tokensCreate")).toEqual([]);
});

test("the app's own token waits for nothing, and the app is a place that stays", async () => {
  const own = { ...place("app", "Entri Tokens", true), role: "app" as const };
  const { called } = await asked({
    rotationsPlan: (of) => ({ ...rotationPlan(of), own: true, leastHours: 40, places: [own] }),
  });
  expect(text()).toContain(rotateText.alone);
  expect(wait()).toEqual([]);
  expect(screen.queryByRole("button", { name: rotateText.addPlace })).toBeNull();
  expect(screen.queryByRole("button", { name: rotateText.leaveOut("Entri Tokens") })).toBeNull();
  await click(rotateText.submit);
  expect(called("rotationsBegin")[0]?.[1]).toMatchObject({ quietHours: 0, longestJobHours: 0 });
});

test("nobody marks the app itself as done, and then the old one can be revoked", async () => {
  const own = { ...place("app", "Entri Tokens", true), role: "app" as const };
  let moved = false;
  const { called } = await created({
    rotationsList: () => [
      rotation({
        places: [{ ...own, done: moved ? "13:33" : null }],
        action: moved ? "revoke" : "none",
      }),
    ],
    rotationsDeliver: () => {
      moved = true;
      return [{ id: "app", failed: null, said: "" }];
    },
  });
  expect(screen.queryByRole("button", { name: rotationsText.markDone("Entri Tokens") })).toBeNull();
  const cancel = () => screen.queryByRole("button", { name: handoverText.cancel });
  expect(cancel()).not.toBeNull();
  await click(handoverText.deliver(1));
  expect(called("rotationsDeliver")[0]?.[3]).toEqual(["app"]);
  expect(text()).toContain(handoverText.nextOwn);
  expect(cancel(), "the app signs in with it").toBeNull();
  await press("Escape");
  expect(screen.queryByRole("button", { name: newTokenText.revokeNow })).toBeNull();
});

test.each([
  ["is", { chip: "thisApp" as const }, false],
  ["may be", {}, true],
])("the name of what %s the app's own is not typed for a person", async (_, of, mayBeOwn) => {
  const { called } = await created({
    tokensPreviewRevoke: (key) => {
      const planned = plan(key, "typeName");
      return { ...planned, mayBeOwn, token: { ...planned.token, ...of } };
    },
  });
  await click(handoverText.cancel);
  await click(handoverText.cancelSubmit);
  expect(called("tokensRevoke")[0]?.[1]).toMatchObject({ typed: null });
});

test("a place that only the new one was delivered to is none of the old one's", async () => {
  const added = { ...place("d", "/tmp/new", true, "13:35"), role: "added" as const };
  await created({ rotationsList: () => [rotation({ places: [...places(), added] })] });
  expect(text()).toContain("0 of 3 places have it.");
  expect(text()).not.toContain("/tmp/new");
});

test("a role that differs is said before the request", async () => {
  const role = "The new token acts with your role, Owner.";
  await asked({ rotationsPlan: (of) => ({ ...rotationPlan(of), role }) });
  expect(text()).toContain(role);
});

test("what failed keeps the dialog, and says it there", async () => {
  await created({ rotationsBegin: fails("forbidden", "You may not.") });
  expect(screen.getByRole("alert").textContent).toContain("You may not.");
  expect(button(rotateText.submit)).toBeTruthy();
});

test("a token that leaked begins an incident, whose next step is the revoke", async () => {
  const leaked = incident({ id: { connection: 1, number: 9 }, mask: null });
  const other = incident({ named: null });
  const { called } = await asked({ incidentsList: () => [other, leaked] });
  await click(rotateText.revokeFirst);
  await settle();
  expect(called("incidentsReport")).toEqual([["incidentsReport", key(0)]]);
  expect(called("rotationsBegin")).toEqual([]);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.activeElement).toBe(button(foundText.revoke));
});

const wait = () => [...document.querySelectorAll<HTMLInputElement>("[name=rotate-quiet]")];
const waits = () => wait().find((it) => it.checked)?.value;

test.each([
  [0, 1, "24", 24],
  [22, 1, "24", 24],
  [25, 1, "48", 48],
  [144, 1, "168", 168],
  [200, 1, "other", 200],
  [25, 100, "168", 168],
])(
  "of %d hours by its rhythm and a job of %d, %s is proposed",
  async (least, job, choice, sent) => {
    const { called } = await asked({
      rotationsPlan: (of) => ({ ...rotationPlan(of), leastHours: least }),
    });
    await type(rotateText.job, String(job));
    expect(waits()).toBe(choice);
    expect(text()).toContain(rotateText.least(Math.max(least, job), least));
    await click(rotateText.submit);
    expect(called("rotationsBegin")[0]?.[1]).toMatchObject({ quietHours: sent });
  },
);

test("the least wait is said in the hours that can be typed", () => {
  expect(rotateText.least(96, 96)).toContain("At least 96 hours, because");
  expect(rotateText.least(337, 337)).toContain("At least 337 hours (about 14 days), because");
});

test("another wait can be typed, but none that is shorter than the rhythm asks for", async () => {
  for (const [typed, sent] of [
    ["72", 72],
    ["3", 44],
  ] as const) {
    const { called } = await asked({
      rotationsPlan: (of) => ({ ...rotationPlan(of), leastHours: 44 }),
    });
    await choose("Other…");
    expect(field(rotateText.other).value).toBe("44");
    await type(rotateText.other, typed);
    await click(rotateText.submit);
    expect(called("rotationsBegin")[0]?.[1]).toMatchObject({ quietHours: sent });
    cleanup();
  }
});

test("one button delivers to all places that are ready, and the title counts", async () => {
  let at = 0;
  const done = [places(), places().map((it) => (it.ready ? { ...it, done: "13:33" } : it))];
  const { called } = await created({
    rotationsList: () => [rotation({ places: done[at] ?? [] })],
    rotationsDeliver: (_id, _handle, ids) => {
      at = 1;
      return ids.map((id) => ({ id, failed: null, said: "" }));
    },
  });
  expect(text()).toContain(handoverText.title("token-3 (r2)", 0, 3));
  expect(document.activeElement).toBe(button(handoverText.deliver(2)));
  await click(handoverText.deliver(2));
  expect(called("rotationsDeliver")).toEqual([
    ["rotationsDeliver", { connection: 1, number: 5 }, 7, ["a", "b"]],
  ]);
  expect(text()).toContain(handoverText.title("token-3 (r2)", 2, 3));
  expect(text()).toContain(handoverText.done("13:33"));
});

test("a place that failed says why, and takes the focus to try it again", async () => {
  let failed: string | null = null;
  const { called } = await created({
    rotationsList: () => [
      rotation({ places: places().map((it) => (it.id === "b" ? { ...it, failed } : it)) }),
    ],
    rotationsDeliver: () => {
      failed = "No permission.";
      return [];
    },
  });
  await click(handoverText.deliver(2));
  expect(text()).toContain("No permission.");
  const again = handoverText.againTo("/srv/nightly/entri.env");
  expect(document.activeElement).toBe(button(again));
  await click(again);
  expect(called("rotationsDeliver").at(-1)?.[3]).toEqual(["b"]);
});

test("what failed before the dialog was there is said in it", async () => {
  const all = [{ ...place("app", "Entri Tokens", true), failed: "The server answered 503." }];
  await created({ rotationsList: () => [rotation({ places: all })] });
  expect(screen.getByRole("alert").textContent).toContain("The server answered 503.");
  expect(document.activeElement).toBe(button(handoverText.againTo("Entri Tokens")));
});

test("a place is marked as done by hand", async () => {
  const { called } = await created();
  await click(rotationsText.markDone("Fastlane on the Mac mini"));
  expect(called("rotationsMarkDone")[0]?.slice(1)).toEqual([{ connection: 1, number: 5 }, "c"]);
});

test("the button of the last place goes, and the keys go on in the dialog", async () => {
  let done: string | null = null;
  const { called } = await created({
    rotationsList: () => [rotation({ places: [place("c", "Fastlane", false, done)] })],
    rotationsMarkDone: () => {
      done = "13:33";
      return null;
    },
  });
  await click(newTokenText.copy);
  const mark = rotationsText.markDone("Fastlane");
  button(mark).focus();
  await click(mark);
  expect(text()).toContain(handoverText.done("13:33"));
  expect(screen.getByRole("dialog").contains(document.activeElement)).toBe(true);
  (document.activeElement as HTMLElement).blur();
  await press("Escape");
  expect(called("secretsClose"), "a key that is nobody's is the dialog's").toHaveLength(1);
});

test("closing says which places are left, and the new token can be revoked there", async () => {
  const { called } = await created();
  await click(newTokenText.copy);
  await press("Escape");
  expect(text()).toContain(handoverText.leaving(3));
  expect(called("secretsClose")).toEqual([]);
  await click(newTokenText.revokeNow);
  expect(called("tokensRevoke")[0]?.[1]).toMatchObject({ key: key("new") });
});

const cancel = () => handoverText.cancelTitle("token-3");

test("canceling asks about the rotation: the new one is revoked, the old one stays", async () => {
  const all = [place("a", "~/token", true, "13:33"), place("c", "Fastlane", false)];
  const { called } = await created({ rotationsList: () => [rotation({ places: all })] });
  await click(handoverText.cancel);
  const dialog = screen.getByRole("dialog", { name: cancel() });
  expect(dialog.textContent).toContain(handoverText.cancelText("token-3 (r2)", "token-3", 1));
  expect(dialog.textContent).not.toContain(newTokenText.nobodyText);
  expect(document.activeElement).toBe(button(newTokenText.back));
  await click(newTokenText.back);
  expect(screen.queryByRole("dialog", { name: cancel() })).toBeNull();
  expect(called("tokensRevoke")).toEqual([]);
  await click(handoverText.cancel);
  await click(handoverText.cancelSubmit);
  expect(called("tokensRevoke")[0]?.[1]).toMatchObject({ key: key("new") });
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("the handover says whose the new token is, also while it asks", async () => {
  await created();
  const whose = () => screen.getByRole("dialog").querySelector(".whose")?.textContent;
  expect(whose()).toContain("Nordlys Apps · Production · app.nt3.io");
  await click(handoverText.cancel);
  expect(whose()).toContain("Nordlys Apps");
});

test("a second Enter after the create copies nothing, with places or without", async () => {
  for (const to of [places(), []]) {
    const list = later<RotationView[]>();
    const { called } = await created({ rotationsList: () => list.promise });
    const title = screen.getByRole("heading", { name: /token-3/ });
    expect(document.activeElement).toBe(title);
    await press("Tab", { shiftKey: true });
    expect(document.activeElement).toBe(button(newTokenText.close));
    title.focus();
    list.resolve([rotation({ places: to })]);
    await settle();
    const next = to.length > 0 ? button(handoverText.deliver(2)) : title;
    expect(document.activeElement).toBe(next);
    expect(called("secretsCopy")).toEqual([]);
    cleanup();
  }
});

test("once every place has it, it just closes", async () => {
  const all = [place("a", "~/token", true, "13:33")];
  const { called } = await created({ rotationsList: () => [rotation({ places: all })] });
  await click(newTokenText.copy);
  await click(newTokenText.done);
  expect(called("secretsClose")).toEqual([["secretsClose", 7, false]]);
});
