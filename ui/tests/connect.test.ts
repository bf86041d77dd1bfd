import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { ErrorCode, StartView } from "../src/ipc";
import { fails, later, settle, tell } from "./fake";
import { button, click, field, open, text, type } from "./open";
import { connection, start, status } from "./samples";

const nowhere = start({ connection: null, list: null, address: "https://entri.example" });
const submit = async () => {
  button("Connect").form?.requestSubmit();
  await settle();
};

/** Starts unconnected; once connected the shell starts the page with a list. */
async function unconnected(given: Parameters<typeof open>[1] = {}) {
  return open(nowhere, { start: () => start(), ...given });
}

test("without a connection the address is there and the token is masked", async () => {
  await unconnected();
  expect(field("Address").value).toBe("https://entri.example");
  expect(field("API token").type).toBe("password");
  expect(field("API token").autocomplete).toBe("off");
  expect(screen.queryByLabelText("Organization id")).toBeNull();
});

test("a connection leads to the list, and the token is nowhere on the page", async () => {
  const { called } = await unconnected({ connect: () => connection });
  await type("API token", "entri_secret");
  await submit();
  expect(called("connect")[0]?.[1]).toEqual({
    address: "https://entri.example",
    apiToken: "entri_secret",
    organizationId: null,
  });
  expect(screen.getByText("token-0")).toBeTruthy();
  expect(document.documentElement.outerHTML).not.toContain("entri_secret");
});

test.each<[ErrorCode, string]>([
  ["address", "Address"],
  ["unreachable", "Address"],
  ["server", "Address"],
  ["credential", "API token"],
  ["unauthorized", "API token"],
  ["forbidden", "API token"],
  ["organizationNeeded", "Organization id"],
])("an error is said where it can be mended: %s at %s", async (code, label) => {
  await unconnected({ connect: fails(code, "What to do.") });
  await type("API token", "entri_secret");
  await submit();
  const input = field(label);
  const described = input.getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(described)?.textContent).toContain("What to do.");
  expect(document.activeElement).toBe(input);
  expect(field("Address").value, "nothing typed is lost").toBe("https://entri.example");
  expect(field("API token").value).toBe("entri_secret");
});

test("the organization is asked for only when the server does not say it", async () => {
  const { called } = await unconnected({ connect: fails("organizationNeeded") });
  await submit();
  await type("Organization id", " org-7 ");
  await submit();
  expect(called("connect")[1]?.[1]).toMatchObject({ organizationId: "org-7" });
});

test("what is heard of the list while connecting is not lost", async () => {
  const loaded = status({ generation: 5, asOf: "15:30" });
  const started = later<StartView>();
  await unconnected({ connect: () => connection, start: () => started.promise });
  await submit();
  await tell.changed(loaded);
  started.resolve(start({ status: status({ syncing: true, asOf: null }) }));
  await settle();
  expect(text()).toContain("As of 15:30");
});

test("the sandbox opens with one click", async () => {
  const { called } = await unconnected({ openSandbox: () => ({ ...connection, sandbox: true }) });
  await click("Open the sandbox");
  expect(called("openSandbox")).toHaveLength(1);
  expect(screen.getByText("token-0")).toBeTruthy();
});

test("a sandbox that does not start says so", async () => {
  await unconnected({ openSandbox: fails("internal", "The sandbox did not start.") });
  await click("Open the sandbox");
  expect(text()).toContain("The sandbox did not start.");
});

test("another connection can be thought better of", async () => {
  await open();
  await click("Connect to another server…");
  expect(field("Address").value).toBe("https://app.nt3.io");
  await click("Cancel");
  expect(screen.getByText("token-0")).toBeTruthy();
});
