/**
 * The second click of a double click is for what the first one hit. Something else that took its place meanwhile is
 * not clicked: nobody has seen it yet.
 */
const CONTROLS = "button, a, input, select, summary, [role=row], [role=menuitem]";

let hit: Element | null = null;

function controlAt(target: Element): Element | null {
  return target.closest("label")?.control ?? target.closest(CONTROLS);
}

function click(event: MouseEvent): void {
  const on = controlAt(event.target as Element);
  // A key that clicks counts no clicks.
  if (event.detail < 2 || on === null || on === hit) {
    hit = on;
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

addEventListener("click", click, true);

export {};
