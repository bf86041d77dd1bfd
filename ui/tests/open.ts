/** The whole page on a pretended shell. */
import "../src/later";

import { cleanup, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, vi } from "vitest";

import App from "../src/App.svelte";
import type { StartView } from "../src/ipc";
import { settle, shell } from "./fake";
import { nowhere, start } from "./samples";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** Opens the page as the shell would start it, with what is given answered otherwise. */
export async function open(
  view: StartView = start(),
  given: Parameters<typeof shell>[0] = {},
): Promise<ReturnType<typeof shell>> {
  const running = shell({ connectionsStart: () => view, ...given });
  render(App, { start: view });
  // The first rows are reported two frames after the page is there.
  await vi.advanceTimersByTimeAsync(100);
  return running;
}

/** Opens the page with no connection; the shell starts it anew with one. */
export const unconnected = (given: Parameters<typeof shell>[0] = {}) =>
  open(nowhere, { connectionsStart: () => start(), ...given });

export const grid = () => screen.getByRole("grid");
/** The button of this name; where a dialog is open and has one, that one. */
export function button(name: string | RegExp): HTMLButtonElement {
  const dialog = [...document.querySelectorAll<HTMLElement>("dialog[open]")].at(-1);
  const inIt = dialog && within(dialog).queryByRole<HTMLButtonElement>("button", { name });
  return inIt ?? screen.getByRole<HTMLButtonElement>("button", { name });
}
/** What can be typed into; a way in and its field have the same name. */
export const field = (name: string | RegExp) =>
  screen.getByLabelText<HTMLInputElement>(name, { selector: "input:not([type=radio])" });
export const radio = (name: string) => screen.getByRole<HTMLInputElement>("radio", { name });
export const select = (name: string) => screen.getByRole<HTMLSelectElement>("combobox", { name });
export const text = () => document.body.textContent ?? "";

/** Presses a key on whatever has the focus, or on what is given. */
export async function press(
  key: string,
  held: KeyboardEventInit = {},
  on: Element = document.activeElement ?? document.body,
): Promise<KeyboardEvent> {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held });
  on.dispatchEvent(event);
  await settle();
  return event;
}

export async function click(name: string | RegExp): Promise<void> {
  button(name).click();
  await settle();
}

/** Chooses an entry of a menu. */
export async function chooseItem(name: string): Promise<void> {
  screen.getByRole("menuitem", { name }).click();
  await settle();
}

/** Chooses one of several. */
export async function choose(name: string): Promise<void> {
  radio(name).click();
  await settle();
}

/** Chooses an entry of a select by its place, counted from 0. */
export async function pick(name: string, index: number): Promise<void> {
  const chosen = select(name);
  chosen.selectedIndex = index;
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
  await settle();
}

/** What is said of a field beside it. */
export function noteOf(name: string): string {
  const described = field(name).getAttribute("aria-describedby") ?? "";
  return document.getElementById(described)?.textContent ?? "";
}

export async function type(into: string | RegExp, value: string): Promise<void> {
  const input = field(into);
  input.focus();
  input.value = value;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await settle();
}

/**
 * Lets a test say what size the page's grid has: called before the page is opened, it returns the function that
 * says so.
 */
export function measuring(): (size: Partial<DOMRectReadOnly>) => Promise<void> {
  let measured: ResizeObserverCallback = () => undefined;
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(callback: ResizeObserverCallback) {
        measured = callback;
      }
      observe = () => undefined;
      disconnect = () => undefined;
    },
  );
  return (contentRect) => {
    measured([{ contentRect } as ResizeObserverEntry], {} as ResizeObserver);
    return settle();
  };
}
