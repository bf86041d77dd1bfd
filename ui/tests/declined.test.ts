/** What somebody who is asked outside the page does not say yes to is no error of theirs. */
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { auditText } from "../src/audit/messages";
import { decideText } from "../src/decide/messages";
import { revokeText } from "../src/revoke/messages";
import { signInText } from "../src/sign-in/messages";
import { fails } from "./fake";
import { click, open, press, text, unconnected } from "./open";

const CANCELED = "Canceled. Nothing was done.";
const declined = () => fails("declined", CANCELED);

/** It is said calmly, and no field is called wrong. */
function isCalm(): void {
  expect(text()).toContain(CANCELED);
  const says = screen.getByText(CANCELED).closest(".box, .notice");
  expect(says?.classList.contains("bad")).toBe(false);
  expect(document.querySelector("[aria-invalid=true]")).toBeNull();
}

test("a revoke that is canceled", async () => {
  await open(undefined, { tokensHoldRevoke: declined() });
  await press("ArrowDown");
  await press("Delete");
  await click(revokeText.submit);
  isCalm();
});

test("a decision that is canceled", async () => {
  await open(undefined, { decisionsMake: declined() });
  await press("ArrowDown");
  await press("d");
  await click(decideText.submit.keep);
  isCalm();
});

test("a report that is not saved after all", async () => {
  await open(undefined, { auditSaveReport: declined() });
  await press("g");
  await press("a");
  await click("Export CSV…");
  await click(auditText.saveReport);
  isCalm();
});

test("a server that is not to be connected to", async () => {
  await unconnected({ connectionsConnect: declined() });
  await click(signInText.submit.apiToken);
  isCalm();
});
