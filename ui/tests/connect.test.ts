import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { ErrorCode, StartView, StatusView } from "../src/ipc";
import { m } from "../src/messages";
import { signInText } from "../src/sign-in/messages";
import { fails, later, settle, tell } from "./fake";
import {
  button,
  chooseItem,
  click,
  field,
  grid,
  noteOf,
  open,
  press,
  text,
  type,
  unconnected,
} from "./open";
import { connection, start, status } from "./samples";

const submit = () => click(signInText.submit.apiToken);

test("without a connection the address is there, and no field for what is secret", async () => {
  await unconnected();
  expect(field("Server").value).toBe("https://entri.example");
  expect(document.querySelector("[type=password]")).toBeNull();
  expect(screen.queryByLabelText(signInText.organization)).toBeNull();
});

test("a connection leads to the list", async () => {
  const { called } = await unconnected();
  await submit();
  expect(called("connectionsConnect")[0]?.[1]).toEqual({
    address: "https://entri.example",
    credential: { kind: "apiToken" },
    organizationId: null,
  });
  expect(screen.getByText("token-0")).toBeTruthy();
});

test("one that was canceled is no failure, and can be tried again at once", async () => {
  await unconnected({ connectionsConnect: () => null });
  await submit();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(document.activeElement).toBe(button(signInText.submit.apiToken));
});

test.each<[ErrorCode, string]>([
  ["address", "Server"],
  ["unreachable", "Server"],
  ["server", "Server"],
  ["organizationNeeded", "Organization ID"],
])("an error is said where it can be mended: %s at %s", async (code, label) => {
  await unconnected({ connectionsConnect: fails(code, "What to do.") });
  await submit();
  const input = field(label);
  expect(noteOf(label)).toContain("What to do.");
  expect(document.activeElement).toBe(input);
  expect(field("Server").value, "nothing typed is lost").toBe("https://entri.example");
});

test.each<ErrorCode>(["credential", "unauthorized", "forbidden"])(
  "what is wrong with a credential is said aloud, where it can be entered again: %s",
  async (code) => {
    await unconnected({ connectionsConnect: fails(code, "What to do.") });
    await submit();
    expect(screen.getByRole("alert").textContent).toContain("What to do.");
    expect(document.activeElement).toBe(button(signInText.submit.apiToken));
  },
);

test("the organization is asked for only when the server does not say it", async () => {
  const { called } = await unconnected({ connectionsConnect: fails("organizationNeeded") });
  await submit();
  await type("Organization ID", " org-7 ");
  await submit();
  expect(called("connectionsConnect")[1]?.[1]).toMatchObject({ organizationId: "org-7" });
});

test("what is heard of the list while connecting is not lost", async () => {
  const before = status({ syncing: true, asOf: null });
  const loaded = status({ generation: 5, asOf: "15:30" });
  const started = later<StartView>();
  await unconnected({
    connectionsStart: () => started.promise,
    tokensSync: () => later<StatusView>().promise,
  });
  await submit();
  await tell.changed(loaded);
  started.resolve(start({ status: before }));
  await settle();
  expect(text()).toContain("Updated 15:30");
});

test("the sandbox opens with one click", async () => {
  const { called } = await unconnected();
  await click(signInText.openSandbox);
  expect(called("connectionsOpenSandbox")).toHaveLength(1);
  expect(screen.getByText("token-0")).toBeTruthy();
});

test("a sandbox that does not start says so", async () => {
  await unconnected({ connectionsOpenSandbox: fails("internal", "The sandbox did not start.") });
  await click(signInText.openSandbox);
  expect(screen.getByRole("alert").textContent).toContain("The sandbox did not start.");
});

test("another connection can be thought better of", async () => {
  await open();
  await chooseItem(m.menu.connect);
  expect(field("Server").value).toBe("https://app.nt3.io");
  await click(m.cancel);
  expect(screen.getByText("token-0")).toBeTruthy();
});

test("another connection is added under that name, and Escape goes back to the list", async () => {
  await open();
  await chooseItem("Add a connection…");
  expect(screen.getByRole("heading", { level: 1, name: "Add a connection" })).toBeTruthy();
  expect(button(signInText.openSandbox)).toBeTruthy();
  await press("Escape");
  expect(grid()).toBeTruthy();
});

test("the sandbox is offered where it is not open yet", async () => {
  const now = status({ connections: [{ ...connection, sandbox: true }] });
  await open(start({ status: now }), { tokensSync: () => now });
  await chooseItem("Add a connection…");
  expect(screen.queryByText(signInText.sandboxTitle)).toBeNull();
});
