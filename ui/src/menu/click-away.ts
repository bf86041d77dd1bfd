/**
 * A press beside an open menu only closes it: what lies beneath is not clicked. A button that opens a menu does so
 * all the same.
 */
let closes = false;

function pointerdown({ target, button }: PointerEvent): void {
  const pressed = target as Element;
  const open = [...document.querySelectorAll("[popover]:popover-open")];
  const beside = open.length > 0 && !open.some((menu) => menu.contains(pressed));
  closes = button === 0 && beside && pressed.closest("[popovertarget]") === null;
}

function click(event: MouseEvent): void {
  // A key that clicks comes without a press.
  if (!closes || event.detail === 0) return;
  closes = false;
  event.preventDefault();
  event.stopPropagation();
}

addEventListener("pointerdown", pointerdown, true);
addEventListener("click", click, true);

export {};
