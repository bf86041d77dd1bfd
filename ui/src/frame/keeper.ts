/**
 * Whatever takes the element with the focus out of the page, no key is nobody's: the focus goes back to where it was
 * before, or on to the dialog or the list.
 */
import { settleFocus } from "../focus";

/** What had the focus last, messages aside: those come and go beside what is worked on. */
let last: HTMLElement | null = null;
let waiting = false;

const isLost = () => document.activeElement === document.body;

function focusin({ target }: FocusEvent): void {
  if (target instanceof HTMLElement && target.closest(".notices") === null) last = target;
}

/** After whoever moved it has moved it on. */
function lookLater(): void {
  if (waiting || !isLost()) return;
  waiting = true;
  setTimeout(() => void look());
}

async function look(): Promise<void> {
  waiting = false;
  // A button that is off for a while gets it back once it is on.
  if (!isLost() || (last?.isConnected === true && last.matches(":disabled"))) return;
  last?.focus({ preventScroll: true });
  if (isLost()) await settleFocus();
}

addEventListener("focusin", focusin);
addEventListener("keyup", lookLater);
new MutationObserver(lookLater).observe(document, {
  childList: true,
  subtree: true,
  attributeFilter: ["disabled", "hidden"],
});
