import { tick } from "svelte";

/** What had the focus may be gone: then the dialog on top takes it, or else the list. */
export async function settleFocus(): Promise<void> {
  await tick();
  if (document.activeElement !== document.body) return;
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const next = dialog?.querySelector<HTMLElement>("[data-autofocus]");
  (next ?? document.querySelector<HTMLElement>("[role=grid]"))?.focus({ preventScroll: true });
}

/** Takes the focus as soon as it is there: for what replaces the element that had it. */
export function focused(element: HTMLElement): void {
  element.focus();
}
