/** The audit report: limits that are tried, and findings that are opened. */
import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { AuditView } from "../src/ipc";
import { auditText } from "../src/audit/messages";
import { m } from "../src/messages";
import { fileText } from "../src/fields/messages";
import { audit } from "./audit-sample";
import { fails, later, settle, tell } from "./fake";
import { button, field, grid, open, press } from "./open";
import { connection, start, status } from "./samples";
import { newTokenText } from "../src/deliver/messages";

const limit = () => screen.getByRole<HTMLInputElement>("slider");

async function report(given: Parameters<typeof open>[1] = {}, view = start()) {
  const shell = await open(view, given);
  await fireEvent.click(button(m.auditReport));
  await settle();
  return shell;
}

async function drag(days: number) {
  await fireEvent.input(limit(), { target: { value: String(days) } });
}

test("a limit is tried without a word to the shell, and saved as the policy", async () => {
  const saved = {
    ...audit(45),
    policy: { name: "Strict", staleDays: 45, settings: [], presets: [] },
  };
  const { called } = await report({ auditChangePolicy: () => saved });
  expect(screen.getByText("90 days: 31 tokens")).toBeTruthy();
  const { asOfLocal, asOfTitle } = status();
  expect(screen.getByText(asOfLocal ?? "", { exact: false }).closest("[title]")).toHaveProperty(
    "title",
    asOfTitle,
  );
  expect(screen.queryByRole("button", { name: /^Save/ })).toBeNull();
  await drag(45);
  expect(screen.getByText("45 days: 36 tokens")).toBeTruthy();
  await drag(1);
  expect(limit().getAttribute("aria-valuetext")).toBe("1 day: 40 tokens");
  await drag(45);
  expect(called("auditShow")).toHaveLength(1);
  await fireEvent.click(button("Use 45 days"));
  await settle();
  expect(called("auditChangePolicy")).toEqual([
    ["auditChangePolicy", 1, [{ key: "stale_days", days: "45" }]],
  ]);
  expect(screen.getByText("Policy: Strict (45 days)")).toBeTruthy();
  expect(screen.queryByRole("button", { name: /^Save/ })).toBeNull();
});

test("what was tried can be taken back, and stays where it cannot be saved", async () => {
  await report({ auditChangePolicy: fails("internal") });
  await drag(45);
  await fireEvent.click(button("Use 45 days"));
  await settle();
  expect(screen.getByText("It failed: internal.")).toBeTruthy();
  expect(limit().value).toBe("45");
  await fireEvent.click(button(auditText.back));
  expect(limit().value).toBe("90");
});

test.each([false, true])("a limit that is saved gives the focus back; moved: %s", async (moved) => {
  const answered = later<AuditView>();
  await report({ auditChangePolicy: () => answered.promise });
  await drag(45);
  const save = button(auditText.save(45));
  save.focus();
  await fireEvent.click(save);
  const title = screen.getByRole("heading", { level: 1 });
  if (moved) title.focus();
  answered.resolve(audit());
  await settle();
  expect(document.activeElement).toBe(moved ? title : limit());
});

test("a finding opens its tokens, and one press shows all again", async () => {
  const { called } = await report();
  await fireEvent.click(button("Show the tokens with: Unused for 90 days or more (6)"));
  await settle();
  expect(document.activeElement).toBe(grid());
  expect(called("tokensQuery").at(-1)?.[1]).toMatchObject({ rule: "stale", view: "all", text: "" });
  await fireEvent.click(button("Unused for 90 days or more"));
  await settle();
  expect(called("tokensQuery").at(-1)?.[1]).toMatchObject({ rule: null });
});

test("a card takes the place of a finding", async () => {
  const { called } = await report();
  await fireEvent.click(button(/^Show the tokens with: Unused/));
  await settle();
  await fireEvent.click(button(/No expiry/));
  await settle();
  expect(called("tokensQuery").at(-1)?.[1]).toMatchObject({ rule: null, view: "noExpiry" });
});

test("the report follows the list", async () => {
  const { called } = await report();
  await tell.changed(status({ generation: 2 }));
  await settle();
  expect(called("auditShow")).toHaveLength(2);
});

test("nothing found, and policies that differ, are said", async () => {
  const several = [connection, { ...connection, id: 2, label: "Other" }];
  const view = start({ status: status({ connections: several, shown: null }) });
  await report({ auditShow: () => ({ ...audit(), policy: null, findings: [] }) }, view);
  expect(screen.getByText(auditText.none)).toBeTruthy();
  expect(screen.getByText(/has its own policy/)).toBeTruthy();
  expect(limit().disabled).toBe(true);
});

const presets = [{ name: "Strict", days: [45] }];

test("every setting of the policy can be changed, and a mistake keeps what was typed", async () => {
  const setting = { label: "Rotation due after", about: "Due.", days: 90, least: 1, most: 3650 };
  const settings = [{ key: "rotation", ...setting }];
  const policy = { name: "Standard", staleDays: 90, settings, presets };
  const { fake, called } = await report({
    auditShow: () => ({ ...audit(), policy }),
    auditChangePolicy: fails("invalid"),
  });
  await fireEvent.click(button(auditText.change));
  expect(document.activeElement).toBe(field("Rotation due after"));
  await fireEvent.input(field("Rotation due after"), { target: { value: "soon" } });
  await fireEvent.click(button(auditText.savePolicy));
  await settle();
  expect(screen.getByText("It failed: invalid.")).toBeTruthy();
  expect(field("Rotation due after").value).toBe("soon");
  fake.auditChangePolicy = () => audit();
  await fireEvent.click(button(auditText.savePolicy));
  await settle();
  expect(called("auditChangePolicy").at(-1)).toEqual([
    "auditChangePolicy",
    1,
    [{ key: "rotation", days: "soon" }],
  ]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a report is saved where it is typed, and a mistake loses nothing", async () => {
  const { fake, called } = await report({ auditSaveReport: fails("invalid") });
  await fireEvent.click(button(auditText.formats.csv));
  await settle();
  expect(field("File").value).toBe("/home/ann/Documents/audit.csv");
  expect(document.activeElement).toBe(field("File"));
  await fireEvent.input(field("File"), { target: { value: "~/mine.csv" } });
  await fireEvent.click(button(auditText.saveReport));
  await settle();
  expect(screen.getByText("It failed: invalid.")).toBeTruthy();
  expect(field("File").value).toBe("~/mine.csv");
  fake.auditSaveReport = () => "/home/ann/mine.csv";
  await fireEvent.click(button(auditText.saveReport));
  await settle();
  expect(called("auditSaveReport").at(-1)).toEqual(["auditSaveReport", "csv", "~/mine.csv"]);
  expect(screen.getByText("Report saved to /home/ann/mine.csv.")).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a limit is typed as well, and what is none changes nothing", async () => {
  await report();
  const typed = field(auditText.daysField);
  expect(typed.value).toBe("90");
  await fireEvent.input(typed, { target: { value: "45" } });
  expect(limit().value).toBe("45");
  expect(button(auditText.save(45))).toBeTruthy();
  for (const none of ["", "0", "999", "4x"]) {
    await fireEvent.input(typed, { target: { value: none } });
    expect(limit().value).toBe("45");
  }
  await fireEvent.blur(typed);
  expect(typed.value).toBe("45");
});

test("Ctrl P asks where the page to print goes, once", async () => {
  const { called } = await report();
  await press("p", { ctrlKey: true });
  await settle();
  expect(screen.getByRole("dialog", { name: auditText.saveTitle })).toBeTruthy();
  await press("p", { ctrlKey: true });
  await settle();
  expect(called("auditReportPath")).toEqual([["auditReportPath", "html"]]);
});

test("what was saved is shown in its folder, or why it cannot be", async () => {
  const { fake, called } = await report({ auditSaveReport: () => "/home/ann/mine.csv" });
  const save = async () => {
    await fireEvent.click(button(auditText.formats.csv));
    await settle();
    await fireEvent.click(button(auditText.saveReport));
    await settle();
    button(fileText.showInFolder).focus();
    await fireEvent.click(button(fileText.showInFolder));
    await settle();
  };
  await save();
  expect(called("windowShowFile")).toEqual([["windowShowFile", "/home/ann/mine.csv"]]);
  expect(screen.queryByText("Report saved to /home/ann/mine.csv.")).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("heading", { level: 1 }));
  fake.windowShowFile = fails("internal");
  await save();
  expect(screen.getByText("It failed: internal.")).toBeTruthy();
});

test("a file is chosen in the system’s own window, and one that is closed changes nothing", async () => {
  const { fake, called } = await report({ windowChooseFile: () => "/home/ann/chosen.csv" });
  await fireEvent.click(button(auditText.formats.csv));
  await settle();
  await fireEvent.click(button(m.browse));
  await settle();
  expect(called("windowChooseFile")).toEqual([
    ["windowChooseFile", "save", "/home/ann/Documents/audit.csv"],
  ]);
  expect(field("File").value).toBe("/home/ann/chosen.csv");
  fake.windowChooseFile = () => null;
  await fireEvent.click(button(m.browse));
  await settle();
  expect(field("File").value).toBe("/home/ann/chosen.csv");
});

test("a token that is made meanwhile is shown in the list", async () => {
  await report();
  await fireEvent.keyDown(window, { key: "n", ctrlKey: true });
  await settle();
  await fireEvent.input(field("Name"), { target: { value: "ci" } });
  await settle();
  await fireEvent.click(screen.getByRole("button", { name: "Create token" }));
  await settle();
  await fireEvent.click(button(newTokenText.copy));
  await settle();
  await fireEvent.click(button("Done"));
  await settle();
  expect(document.activeElement).toBe(grid());
});

test("a whole finding is planned to be revoked", async () => {
  const { called } = await report();
  await fireEvent.click(
    button("Review and revoke the tokens with: Unused for 90 days or more (6)"),
  );
  const [, other] = audit().findings;
  const label = auditText.planLabel(other?.title ?? "", String(other?.count));
  expect(screen.queryByRole("button", { name: label }), "its remedy is another").toBeNull();
  await settle();
  expect(called("bulkRevokesPlan")[0]?.[1]).toMatchObject({ rule: "stale", text: "", view: "all" });
  expect(
    [called("tokensSelectNone"), called("tokensSelectAll")],
    "what is selected stays so",
  ).toEqual([[], []]);
  expect(screen.getByRole("heading", { name: "Revoke 2 tokens?" })).toBeTruthy();
});

test("a preset fills the form, and a policy goes to a file and comes from one", async () => {
  const setting = { label: "Rotation due after", about: "Due.", days: 90, least: 1, most: 3650 };
  const settings = [{ key: "rotation", ...setting }];
  const policy = { name: "Standard", staleDays: 90, settings, presets };
  const { fake, called } = await report({
    auditShow: () => ({ ...audit(), policy }),
    auditLoadPolicy: fails("invalid", "Line 2: rotation must be a whole number of days."),
  });
  await fireEvent.click(button(auditText.change));
  await fireEvent.click(button("Strict"));
  expect(field("Rotation due after").value).toBe("45");
  expect(button("Strict").getAttribute("aria-pressed")).toBe("true");
  await fireEvent.click(button(auditText.exportPolicy));
  await settle();
  await fireEvent.click(button("Export policy"));
  await settle();
  const path = "/home/ann/Documents/policy.toml";
  expect(called("auditSavePolicy")).toEqual([["auditSavePolicy", 1, path]]);
  await fireEvent.click(button(auditText.importPolicy));
  await settle();
  await fireEvent.click(button("Import policy"));
  await settle();
  expect(screen.getByText(/^Line 2: rotation must be/)).toBeTruthy();
  expect(document.activeElement).toBe(field("File"));
  fake.auditLoadPolicy = () => audit(45);
  await fireEvent.click(button("Import policy"));
  await settle();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.getByText("45 days: 36 tokens")).toBeTruthy();
});

test("what could not be checked is said, also where nothing is found", async () => {
  const sentence = "Creators weren’t checked: the server doesn’t report them.";
  await report({ auditShow: () => ({ ...audit(), findings: [], unchecked: [sentence] }) });
  expect(screen.getByText(sentence)).toBeTruthy();
  expect(screen.getByText(auditText.none)).toBeTruthy();
});

test("the head tells what last-used dates are worth on the server", async () => {
  const sentence = "Last used on this server: rounded to 1 min, up to 2 min late";
  await report({ auditShow: () => ({ ...audit(), precision: [sentence] }) });
  const head = screen.getByRole("heading", { name: auditText.title }).parentElement;
  expect(head?.textContent).toContain(sentence);
});
