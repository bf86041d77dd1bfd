import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { newTokenText, deliveryText } from "../src/deliver/messages";
import { notesText } from "../src/notes/messages";
import { fails, later, settle } from "./fake";
import { button, click, field, open, pick, press, select, text, type } from "./open";
import { details, key, start } from "./samples";

async function created(given: Parameters<typeof open>[1] = {}) {
  const running = await open(start(), given);
  await press("c");
  await type("Name", "staging-server");
  screen.getByRole("dialog").querySelector("form")?.requestSubmit();
  await settle();
  return running;
}

const delivered = () => document.querySelector(".delivered[role=status]")?.textContent;

test("it is saved to a file, and then the dialog closes at once", async () => {
  const { called } = await created();
  const primary = () =>
    [...document.querySelectorAll("dialog .primary")].map((it) => it.textContent.trim());
  expect(primary()).toEqual([newTokenText.copy]);
  await click(deliveryText.ways.file);
  expect(primary(), "what comes next").toEqual([deliveryText.submit.file]);
  expect(button(deliveryText.ways.file).getAttribute("aria-pressed")).toBe("true");
  await type("File", "~/secrets/entri");
  await click("Save");
  expect(called("secretsSave")).toEqual([["secretsSave", 7, "~/secrets/entri"]]);
  expect(delivered()).toContain("Delivered to file ~/secrets/entri");
  expect(text()).toContain("Created “staging-server”. Delivered at 14:02:11.");
  expect(document.querySelector(".delivered .icon")).toBeTruthy();
  expect(document.activeElement).toBe(button(newTokenText.done));
  await click("Done");
  expect(called("secretsClose")).toEqual([["secretsClose", 7, false]]);
});

test("what is refused leaves what was typed, and can be sent again", async () => {
  const refusal = "There is a file already.\nReplace it.";
  const { fake, called } = await created({ secretsSave: fails("invalid", refusal) });
  await click(deliveryText.ways.file);
  await type("File", "/etc/entri");
  await click("Save");
  expect(screen.getByRole("alert").textContent).toContain(refusal);
  expect(field("File").value).toBe("/etc/entri");
  expect(document.activeElement).toBe(field("File"));
  expect(button(newTokenText.close)).toBeTruthy();
  fake.secretsSave = () => ({ to: "file /etc/entri", at: "14:02:12", said: "" });
  await click("Save");
  expect(called("secretsSave").at(-1)).toEqual(["secretsSave", 7, "/etc/entri"]);
  expect(screen.queryByRole("alert")).toBeNull();
});

test("what the app remarks about a file doesn’t look like the output of a program", async () => {
  const said = "Repositories stored elsewhere can’t be detected.";
  await created({ secretsSave: () => ({ to: "file /etc/entri", at: "14:02:12", said }) });
  await click(deliveryText.ways.file);
  await click("Save");
  expect(delivered()).toContain(said);
  expect(document.querySelector(".delivered pre, .delivered .mono:not(bdi)")).toBeNull();
});

test("a program is chosen, its command filled in, and its output shown", async () => {
  const { called } = await created();
  await click(deliveryText.ways.program);
  expect(field(deliveryText.fields.program).value).toContain("gh secret set NT3_API_TOKEN");
  await pick("Send to command…", 1);
  expect(field(deliveryText.fields.program).value).toBe("vault kv put <path> NT3_API_TOKEN=-");
  await type("Command", "vault kv put entri NT3_API_TOKEN=-");
  field(deliveryText.fields.program).form?.requestSubmit();
  await settle();
  expect(called("secretsSend")).toEqual([["secretsSend", 7, "vault kv put entri NT3_API_TOKEN=-"]]);
  expect(delivered()).toContain("Set [secret]");
  expect(document.querySelector(".delivered pre")?.textContent).toBe("Set [secret]");
});

test("a way that is opened has the focus, and what was typed there stays", async () => {
  await created();
  await click("Send to command…");
  expect(document.activeElement).toBe(field("Command"));
  await type("Command", "gh secret set NT3_API_TOKEN --repo=acme/web");
  await click("Show code snippet");
  await click("Send to command…");
  expect(field("Command").value).toBe("gh secret set NT3_API_TOKEN --repo=acme/web");
  await click("Close…");
  await click("Back");
  expect(field("Command").value).toBe("gh secret set NT3_API_TOKEN --repo=acme/web");
});

test("of several things to fill in, the first is selected", async () => {
  for (const [text, selected] of [
    ["gh secret set X --repo=<owner>/<repo>", "<owner>/<repo>"],
    ["kubectl create secret <name> --namespace=<namespace>", "<name>"],
  ] as const) {
    document.body.replaceChildren();
    const programs = [{ label: "It", text }];
    await created({ secretsDeliveryChoices: () => ({ programs, snippets: [] }) });
    await click(deliveryText.ways.program);
    const { selectionStart, selectionEnd, value } = field("Command");
    expect(value.slice(selectionStart ?? 0, selectionEnd ?? 0)).toBe(selected);
  }
});

test("while a program runs the dialog stays, and nothing is sent twice", async () => {
  const slow = later<{ to: string; at: string; said: string }>();
  const { called } = await created({ secretsSend: () => slow.promise });
  await click(deliveryText.ways.program);
  await click(deliveryText.submit.program);
  await click(deliveryText.busy.program);
  expect(called("secretsSend")).toHaveLength(1);
  expect(button(newTokenText.close).disabled).toBe(true);
  slow.resolve({ to: "gh", at: "14:02:11", said: "" });
  await settle();
  expect(button("Done").disabled).toBe(false);
});

test("a snippet is shown and copied, and nobody has the value by that", async () => {
  const { called } = await created();
  await click(deliveryText.ways.snippet);
  await pick("Show code snippet", 1);
  expect(text()).toContain("nt3 login");
  await click(deliveryText.submit.snippet);
  expect(called("secretsCopySnippet")).toEqual([["secretsCopySnippet", 7, 1]]);
  expect(button("Copied") && button(newTokenText.close)).toBeTruthy();
  expect(select(deliveryText.ways.snippet).selectedIndex).toBe(1);
});

test("where there is nothing to choose from it says why", async () => {
  await created({ secretsDeliveryChoices: fails("internal", "The value is no longer available.") });
  await click(deliveryText.ways.program);
  expect(screen.getByRole("alert").textContent).toContain("The value is no longer available.");
});

test("the details tell where a token was delivered to", async () => {
  const at = { text: "2 min ago", title: "24 Nov 2026, 14:00 UTC", local: null, muted: false };
  const deliveries = [{ to: "gh secret set NT3_API_TOKEN", at }];
  await open(start(), { tokensDetails: () => ({ ...details(key(0)), deliveries }) });
  await press("ArrowDown");
  await press("Enter");
  expect(text()).toContain(notesText.place);
  expect(text()).toContain("gh secret set NT3_API_TOKEN");
});
