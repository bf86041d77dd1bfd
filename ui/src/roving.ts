/**
 * A group of buttons that is one tab stop: the arrow keys go from one to the next, Home and End to the first and the
 * last. Outside a menu these two are keys of the token list after a click on one of the buttons, and a letter is
 * always: in a menu it goes to the next that begins with it.
 */
import type { Attachment } from "svelte/attachments";

const STEPS = {
  horizontal: { ArrowLeft: -1, ArrowRight: 1 },
  vertical: { ArrowUp: -1, ArrowDown: 1 },
} as const satisfies Record<string, Record<string, number>>;

/** The one that the Tab key comes to first. */
const PRESENT = "[aria-current]:not([aria-current=false]), [aria-pressed=true]";

/** Whether the mouse brought the focus to where it is. */
let clicked = false;
addEventListener("pointerdown", () => (clicked = true), true);
addEventListener("keydown", ({ code }) => (clicked &&= !/^(Tab|Arrow)/.test(code)), true);

export function roving(along: keyof typeof STEPS): Attachment<HTMLElement> {
  return (group) => {
    const steps: Partial<Record<string, number>> = STEPS[along];
    let stop: HTMLElement | undefined;

    /** Without those of a menu that opens from one of them. */
    const buttons = () =>
      [...group.querySelectorAll("button")].filter(
        (button) => !button.disabled && button.closest("[popover]") === group.closest("[popover]"),
      );

    function settle() {
      const all: HTMLElement[] = buttons();
      if (stop === undefined || !all.includes(stop)) {
        stop = all.find((button) => button.matches(PRESENT)) ?? all[0];
      }
      for (const button of all) button.tabIndex = button === stop ? 0 : -1;
    }

    function focusin({ target }: FocusEvent) {
      stop = buttons().find((button) => button === target) ?? stop;
      settle();
    }

    function keydown(event: KeyboardEvent) {
      const all = buttons();
      const at = all.findIndex((button) => button === event.target);
      const step = steps[event.key];
      const ends = clicked && group.closest("[popover]") === null ? {} : { Home: 0, End: -1 };
      const end = (ends as typeof steps)[event.key] ?? named(event.key, all, at);
      const next = end ?? (step && (at + step) % all.length);
      if (next === undefined || at < 0 || event.shiftKey || event.ctrlKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      all.at(next)?.focus();
    }

    settle();
    // Buttons come and go, and may be disabled for a while.
    const observer = new MutationObserver(settle);
    observer.observe(group, { childList: true, subtree: true, attributeFilter: ["disabled"] });
    group.addEventListener("focusin", focusin);
    group.addEventListener("keydown", keydown);
    return () => {
      observer.disconnect();
      group.removeEventListener("focusin", focusin);
      group.removeEventListener("keydown", keydown);
    };
  };
}

/** The position of the next item of a menu, after this one, whose name begins with a letter. */
function named(key: string, all: readonly HTMLElement[], at: number): number | undefined {
  const begins = (button: HTMLElement) =>
    button.role?.startsWith("menuitem") === true &&
    (button.querySelector("bdi") ?? button).textContent.trim()[0]?.toLowerCase() ===
      key.toLowerCase();
  const found = [...all.slice(at + 1), ...all.slice(0, at)].find(begins);
  return found && all.indexOf(found);
}

/** A menu of buttons: the keyboard is in it while it is open, and Tab leaves it. */
export const popup: Attachment<HTMLElement> = (menu) => {
  const end = roving("vertical")(menu);

  function toggle(event: Event) {
    if ((event as ToggleEvent).newState === "open") menu.querySelector("button")?.focus();
  }

  function keydown({ key, code }: KeyboardEvent) {
    if ([key, code].includes("Tab")) menu.hidePopover();
  }

  menu.addEventListener("toggle", toggle);
  menu.addEventListener("keydown", keydown);
  return () => {
    end?.();
    menu.removeEventListener("toggle", toggle);
    menu.removeEventListener("keydown", keydown);
  };
};
