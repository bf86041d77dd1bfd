/** The palette, as the tests use it. */
import { screen } from "@testing-library/svelte";

import { paletteText } from "../src/palette/messages";
import type { QueryRequest } from "../src/ipc";
import { settle } from "./fake";
import { press } from "./open";
import { answer } from "./samples";

export const palette = () => screen.queryByRole("dialog", { name: paletteText.title });
export const input = () =>
  screen.getByRole<HTMLInputElement>("combobox", { name: /./, expanded: true });
export const options = () => screen.queryAllByRole("option");
export const labels = () => options().map((it) => it.querySelector("bdi")?.textContent);
export const option = (name: string) =>
  options().find((it) => it.querySelector("bdi")?.textContent === name) as HTMLElement;
export const active = () => options().find((it) => it.getAttribute("aria-selected") === "true");
/** Why it isn't possible, or what it is about. */
export const says = (it: Element | undefined) => it?.querySelector("small")?.textContent;
export const told = () => palette()?.querySelector("[role=status]")?.textContent;

/** No token has what is typed in its name or id. */
export const noTokens = (request: QueryRequest) => answer(request, request.text === "" ? 48 : 0);

export async function ask(text = ""): Promise<void> {
  if (palette() === null) await press("k", { ctrlKey: true });
  input().value = text;
  input().dispatchEvent(new InputEvent("input", { bubbles: true }));
  await settle();
}

export async function run(text: string): Promise<void> {
  await ask(text);
  await press("Enter");
}

/** Shows what can be done with a token that was found, and not as the first. */
export async function actionsFor(name: string): Promise<void> {
  await ask(name.slice(0, 3));
  while (active() !== option(name)) await press("ArrowDown");
  await press("Enter", { shiftKey: true });
}
