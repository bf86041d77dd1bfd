import { tick } from "svelte";

/** What had the focus may be gone: then the dialog on top takes it, or else the list. */
export async function settleFocus(): Promise<void> {
  await tick();
  if (document.activeElement !== document.body) return;
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const wanted = [...(dialog?.querySelectorAll<HTMLElement>("[data-autofocus]") ?? [])];
  const next = wanted.find((element) => element.closest("[hidden]") === null);
  if (next) next.focus({ preventScroll: true });
  else focusList();
}

/**
 * Passes the focus on from what was pressed, once that is done with. Whoever has gone elsewhere meanwhile stays there.
 */
export function passFocus(pressed: Element | null, to: { focus: () => void } | undefined): void {
  const { activeElement, body } = document;
  if (activeElement === pressed || activeElement === body) to?.focus();
}

/** The list takes the focus; where it is empty, what says so; on another screen its title. */
export function focusList(): void {
  const find = (css: string) => document.querySelector<HTMLElement>(css);
  (find("[role=grid], .empty h2") ?? find("main h1"))?.focus({ preventScroll: true });
}

/** Takes the focus as soon as it is there: for what replaces the element that had it. */
export function focused(element: HTMLElement): void {
  element.focus();
}

const TAB_STOPS = "button, input, select, textarea, [tabindex='0']";

/**
 * Goes on with the Tab key from the last element to the first one, and back: else the focus is nowhere between them.
 * With Shift, WebKitGTK knows the key by its place only.
 */
export function goRound(event: KeyboardEvent, within: ParentNode = document): void {
  if (event.key !== "Tab" && event.code !== "Tab") return;
  const stops = [...within.querySelectorAll<HTMLElement>(TAB_STOPS)].filter(isTabStop);
  const [first, last] = [stops[0], stops.at(-1)];
  const [from, to] = event.shiftKey ? [first, last] : [last, first];
  const { activeElement } = document;
  // Before a dialog's title there is nothing to go back to.
  const isBefore = event.shiftKey && activeElement?.matches("dialog h2");
  if ((activeElement !== from && !isBefore) || event.ctrlKey || event.altKey) return;
  event.preventDefault();
  to?.focus();
}

const isTabStop = (element: HTMLElement) =>
  element.tabIndex >= 0 &&
  !element.matches(":disabled, [type=radio]:not(:checked)") &&
  element.checkVisibility();
