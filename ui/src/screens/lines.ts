/** The screens beside the list of tokens, whose lines the same keys go along. */
import type { Command } from "../keys";

/** Lines that a key for a page goes on. */
const PAGE = 10;

const LINE = "main :is(.act, tbody tr)";

/** Goes from the line that has the focus to another, or to the first one; whether there is one to go to. */
export function goToLine(command: Command): boolean {
  const lines = [...document.querySelectorAll(LINE)].flatMap(
    (line) => line.querySelector<HTMLElement>("button:not(:disabled)") ?? [],
  );
  const on = document.activeElement?.closest(LINE);
  const at = on ? lines.findIndex((line) => on.contains(line)) : -1;
  const last = lines.length - 1;
  const steps: Partial<Record<Command, number>> = {
    down: at + 1,
    up: at - 1,
    pageDown: Math.max(at, 0) + PAGE,
    pageUp: at - PAGE,
    first: 0,
    last,
  };
  const to = steps[command];
  if (to !== undefined) lines[Math.min(Math.max(to, 0), last)]?.focus();
  return to !== undefined && last >= 0;
}
