import { screen, within } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { ErrorCode, StepView, WayIn } from "../src/ipc";
import { SignIn } from "../src/sign-in/sign-in.svelte";
import type { Way } from "../src/sign-in/sign-in.svelte";
import { fails, later, settle, shell } from "./fake";
import { button, choose, click, field, noteOf, radio, type, unconnected } from "./open";

const address = "https://entri.example";
const everywhere = () =>
  document.documentElement.outerHTML +
  [...document.querySelectorAll("input")].map(({ value }) => value).join();

/** Each way in that is typed: what is typed where, the button, and what is sent. */
const typedWays: [string, [string, string][], string, WayIn][] = [
  [
    "API token",
    [["API token", " entri_s3cret\n"]],
    "Connect",
    { kind: "apiToken", token: "entri_s3cret" },
  ],
  [
    "Password",
    [
      ["Email", "kari@nordlys.example"],
      ["Password", " s3cret "],
    ],
    "Sign in",
    { kind: "password", email: "kari@nordlys.example", password: " s3cret " },
  ],
  [
    "Cookie",
    [["Session cookie", " a.session_token=s3cret "]],
    "Connect",
    { kind: "cookie", cookie: "a.session_token=s3cret" },
  ],
];

test("the four ways in are one choice, and the one chosen has its own fields", async () => {
  await unconnected();
  const ways = within(screen.getByRole("radiogroup", { name: "Sign in with" }));
  expect(ways.getAllByRole<HTMLInputElement>("radio").map(({ value }) => value)).toEqual([
    "apiToken",
    "password",
    "window",
    "cookie",
  ]);
  expect(radio("API token").checked).toBe(true);
  expect(document.activeElement).toBe(field("API token"));
  await choose("Password");
  expect(screen.queryByLabelText("API token", { selector: "[type=password]" })).toBeNull();
  expect(field("Password").type).toBe("password");
  await choose("Cookie");
  expect(field("Session cookie").type).toBe("password");
  expect(screen.getAllByRole("heading", { level: 1 })).toHaveLength(1);
});

test.each(typedWays)(
  "by %s exactly what was typed there is sent",
  async (way, typed, submit, credential) => {
    const { called } = await unconnected();
    await choose("Password");
    await type("Email", "somebody@else.example");
    await choose(way);
    for (const [label, value] of typed) await type(label, value);
    await click(submit);
    expect(called("connect")).toEqual([["connect", { address, credential, organizationId: null }]]);
    expect(screen.getByText("token-0")).toBeTruthy();
    expect(everywhere()).not.toContain("s3cret");
  },
);

test.each(typedWays)(
  "an error by %s loses nothing, and the focus is where it can be mended",
  async (way, typed, submit) => {
    await unconnected({ connect: fails("credential", "Not accepted.") });
    await choose(way);
    for (const [label, value] of typed) await type(label, value);
    await click(submit);
    const secret = typed.at(-1)?.[0] ?? "";
    expect(document.activeElement).toBe(field(secret));
    expect(noteOf(secret)).toContain("Not accepted.");
    for (const [label, value] of typed) expect(field(label).value.trim()).toBe(value.trim());
    expect(field("Address").value).toBe(address);
    expect(button(submit).disabled).toBe(false);
  },
);

test.each<Way>(["apiToken", "password", "cookie", "window"])(
  "whatever was typed as a proof leaves the page before the list comes: %s",
  async (way) => {
    shell({ signInInWindow: () => ({ kind: "connected" }) });
    const left: string[][] = [];
    const proofs = () => [signIn.apiToken, signIn.password, signIn.cookie, signIn.code];
    const signIn = new SignIn(address, way, async () => void left.push(proofs()));
    Object.assign(signIn, { apiToken: "entri_x", password: "x", cookie: "x", code: "1" });
    await signIn.submit();
    expect(left).toEqual([["", "", "", ""]]);
  },
);

test("while the server is asked nothing is sent twice", async () => {
  const { called } = await unconnected({ connect: () => later<StepView>().promise });
  await type("API token", "entri_x");
  await click("Connect");
  button("Connecting…").form?.requestSubmit();
  await settle();
  expect(called("connect")).toHaveLength(1);
  expect(button("Connecting…").disabled).toBe(true);
});

test("a sign-in in a window gets the address, and leads to the list", async () => {
  const { called } = await unconnected({ signInInWindow: () => ({ kind: "connected" }) });
  await choose("Browser");
  await click("Open the sign-in page");
  expect(called("signInInWindow")).toEqual([["signInInWindow", address, null]]);
  expect(called("connect")).toEqual([]);
  expect(screen.getByText("token-0")).toBeTruthy();
});

test("a window that was closed before anybody signed in is no failure", async () => {
  await unconnected({ signInInWindow: () => null });
  await choose("Browser");
  await click("Open the sign-in page");
  expect(screen.queryByRole("alert")).toBeNull();
  expect(button("Open the sign-in page").disabled).toBe(false);
  expect(document.activeElement).toBe(button("Open the sign-in page"));
});

test.each<ErrorCode>(["internal", "credential", "unreachable"])(
  "what went wrong with the window is said aloud: %s",
  async (code) => {
    await unconnected({ signInInWindow: fails(code, "The page could not be opened.") });
    await choose("Browser");
    await click("Open the sign-in page");
    expect(screen.getByRole("alert").textContent).toContain("The page could not be opened.");
  },
);
