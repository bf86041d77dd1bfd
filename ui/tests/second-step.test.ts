import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { StepAnswer, StepView } from "../src/ipc";
import { m } from "../src/messages";
import { signInText } from "../src/sign-in/messages";
import { fails } from "./fake";
import { button, choose, click, field, noteOf, open, radio, text, type, unconnected } from "./open";
import { nowhere, start } from "./samples";

type Given = Parameters<typeof unconnected>[0];
const factor = (change: { totp?: boolean; sentCode?: boolean } = {}): StepView => ({
  kind: "secondFactor",
  attempt: 4,
  totp: true,
  sentCode: true,
  ...change,
});
const organizations: StepView = {
  kind: "organization",
  attempt: 5,
  choices: [
    { id: "org-1", name: "Nordlys Apps" },
    { id: "org-2", name: "Fjord Media" },
  ],
  lacks: null,
};

/** Signs in with a password, which leads to the given step. */
async function signedIn(step: StepView, given: Given = {}) {
  const running = await unconnected({ connectionsConnect: () => step, ...given });
  await choose(signInText.ways.password);
  await type("Email", "kari@nordlys.example");
  await click(signInText.submit.password);
  return running;
}

test("the second step asks for the code of the app, and the focus is in it", async () => {
  await signedIn(factor());
  expect(radio(signInText.factors.totp).checked).toBe(true);
  expect(document.activeElement).toBe(field(signInText.code));
  expect(noteOf("Code")).toContain("authenticator app");
  expect(screen.queryByRole("button", { name: signInText.sendCode })).toBeNull();
});

test.each<[string, StepAnswer["kind"]]>([
  ["Authenticator app", "totp"],
  ["Emailed code", "sentCode"],
  ["Backup code", "backupCode"],
])("a code by %s is sent as %s to the attempt it belongs to", async (name, kind) => {
  const { called } = await signedIn(factor());
  await choose(name);
  await type("Code", "AbC-12");
  await click(signInText.answer);
  expect(called("connectionsContinue")).toEqual([
    ["connectionsContinue", 4, { kind, code: "AbC-12" }],
  ]);
  expect(called("connectionsConnect")).toHaveLength(1);
  expect(screen.getByText("token-0")).toBeTruthy();
});

test("another factor takes another code, and what was said of the one before is gone", async () => {
  await signedIn(factor(), { connectionsContinue: fails("credential", "Wrong code.") });
  await type("Code", "000000");
  await click(signInText.answer);
  expect(noteOf("Code")).toContain("Wrong code.");
  await choose(signInText.factors.backupCode);
  expect(field(signInText.code).value).toBe("");
  expect(noteOf("Code")).not.toContain("Wrong code.");
});

test.each<[string, { totp?: boolean; sentCode?: boolean }, string[]]>([
  ["everything", {}, ["totp", "sentCode", "backupCode"]],
  ["no app", { totp: false }, ["sentCode", "backupCode"]],
  ["no sent code", { sentCode: false }, ["totp", "backupCode"]],
  ["neither", { totp: false, sentCode: false }, ["backupCode"]],
])(
  "only what the server takes is offered, and the first is chosen: %s",
  async (_, change, offered) => {
    await signedIn(factor(change));
    const radios = screen.getAllByRole<HTMLInputElement>("radio");
    expect(radios.map(({ value }) => value)).toEqual(offered);
    expect(radios[0]?.checked).toBe(true);
  },
);

test("a code is sent when it is asked for, and then the focus is where it goes", async () => {
  const { called } = await signedIn(factor());
  await choose(signInText.factors.sentCode);
  expect(called("connectionsSendCode"), "not by itself").toEqual([]);
  const heard = button(signInText.sendCode).parentElement?.querySelector("[role=status]");
  await click(signInText.sendCode);
  expect(called("connectionsSendCode")).toEqual([["connectionsSendCode", 4]]);
  expect(heard?.textContent, "said where a change is listened for").toBe(signInText.codeSent);
  expect(document.activeElement).toBe(field(signInText.code));
});

test("a code that could not be sent is said, and is not taken for sent", async () => {
  await signedIn(factor(), {
    connectionsSendCode: fails("server", "The server could not send a code."),
  });
  await choose(signInText.factors.sentCode);
  await click(signInText.sendCode);
  expect(noteOf("Code")).toContain("The server could not send a code.");
  expect(text()).not.toContain(signInText.codeSent);
});

test("a wrong code stays, with the reason beside it and the focus in it", async () => {
  await signedIn(factor(), { connectionsContinue: fails("credential", "That code is not right.") });
  await type("Code", "000000");
  await click(signInText.answer);
  expect(field(signInText.code).value).toBe("000000");
  expect(noteOf("Code")).toContain("That code is not right.");
  expect(document.activeElement).toBe(field(signInText.code));
  expect(button(signInText.answer).disabled).toBe(false);
});

test("an attempt that is over leads to the first step, with the email kept and the reason said", async () => {
  await signedIn(factor(), { connectionsContinue: fails("startOver", "Too many codes.") });
  await type("Code", "000000");
  await click(signInText.answer);
  expect(field(signInText.email).value).toBe("kari@nordlys.example");
  expect(screen.getByRole("alert").textContent).toContain("Too many codes.");
  expect(document.activeElement).toBe(button(signInText.submit.password));
});

test("starting over keeps the address and the email, and forgets the code", async () => {
  const { called } = await signedIn(factor());
  await type("Code", "123456");
  await click(signInText.startOver);
  expect(field("Server").value).toBe("https://entri.example");
  expect(field(signInText.email).value).toBe("kari@nordlys.example");
  expect(document.activeElement, "what comes next").toBe(button(signInText.submit.password));
  await click(signInText.submit.password);
  expect(field(signInText.code).value).toBe("");
  expect(called("connectionsConnect")).toHaveLength(2);
});

test("of several organizations one is chosen, and nothing else is asked", async () => {
  const { called } = await signedIn(organizations);
  expect(screen.getByRole("list", { name: signInText.chooseOrganization })).toBeTruthy();
  expect(document.activeElement).toBe(button("Nordlys Apps"));
  expect(screen.queryByRole("button", { name: signInText.answer })).toBeNull();
  await click("Fjord Media");
  expect(called("connectionsContinue")).toEqual([
    ["connectionsContinue", 5, { kind: "organization", id: "org-2" }],
  ]);
  expect(screen.getByText("token-0")).toBeTruthy();
});

test("after the second factor an organization may still have to be chosen", async () => {
  const { called } = await signedIn(factor(), {
    connectionsContinue: (attempt) => (attempt === 4 ? organizations : { kind: "connected" }),
  });
  await type("Code", "123456");
  await click(signInText.answer);
  await click("Nordlys Apps");
  expect(called("connectionsContinue").map(([, attempt]) => attempt)).toEqual([4, 5]);
  expect(screen.getByText("token-0")).toBeTruthy();
});

test("an organization that refuses is said aloud, and another can be chosen", async () => {
  await signedIn(organizations, {
    connectionsContinue: fails("forbidden", "Only owners and admins."),
  });
  await click("Fjord Media");
  expect(screen.getByRole("alert").textContent).toContain("Only owners and admins.");
  expect(button("Nordlys Apps").disabled).toBe(false);
});

test("that there may be other organizations is said beside them", async () => {
  const lacks = "1 entry in the list of organizations could not be read.";
  await signedIn({ ...organizations, lacks });
  expect(screen.getByRole("note").textContent).toBe(lacks);
});

test.each<[string, StepView, string]>([
  ["the code", factor(), "Code"],
  ["the organization", organizations, "Fjord Media"],
])("a page that comes while a sign-in waits for %s goes on with it", async (_, step, asked) => {
  const { called } = await open({ ...nowhere, step }, { connectionsStart: () => start() });
  if (step === organizations) {
    await click(asked);
    expect(called("connectionsContinue")).toEqual([
      ["connectionsContinue", 5, { kind: "organization", id: "org-2" }],
    ]);
  } else {
    expect(document.activeElement).toBe(field(asked));
    await type(asked, "123456");
    await click(signInText.answer);
    expect(called("connectionsContinue")).toEqual([
      ["connectionsContinue", 4, { kind: "totp", code: "123456" }],
    ]);
  }
  expect(screen.getByText("token-0")).toBeTruthy();
});

test("over connections that stand, too, until it is given up", async () => {
  const { called } = await open(start({ step: factor() }));
  expect(field(signInText.code)).toBeTruthy();
  expect(called("connectionsGiveUp")).toEqual([]);
  await click(signInText.startOver);
  expect(called("connectionsGiveUp")).toEqual([["connectionsGiveUp", 4]]);
  expect(radio(signInText.ways.password).checked).toBe(true);
  await click(m.cancel);
  expect(screen.getByText("token-0")).toBeTruthy();
});

test("Cancel at the second step leaves it and all of the sign-in", async () => {
  const { called } = await open(start({ step: factor() }));
  await click(m.cancel);
  expect(called("connectionsGiveUp")).toEqual([["connectionsGiveUp", 4]]);
  expect(screen.getByText("token-0")).toBeTruthy();
});

test("a first step that is left has no attempt to give up", async () => {
  const { called } = await open(start({ step: organizations }));
  await click(signInText.startOver);
  await click(m.cancel);
  expect(called("connectionsGiveUp")).toHaveLength(1);
});
