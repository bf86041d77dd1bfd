import type { IconName } from "../widgets/icons";

/** Something that can be chosen from a menu. */
export interface MenuItem {
  icon: IconName;
  label: string;
  /** The keys that do the same, of which the first is shown. */
  keys?: string;
  /** Why it cannot be done. */
  impossible?: string | null;
  /** Whether it cannot be undone: it stands apart. */
  danger?: boolean;
  /** Whether it is so; choosing it turns that round, and the menu stays. */
  checked?: boolean;
  /** What is to be said of it beside. */
  note?: string;
  /** Whether the menu stays when it is chosen. */
  stays?: boolean;
  act: () => void;
  /** What the arrow keys to the left and right do, without and with Shift. */
  arrow?: (step: 1 | -1, shift: boolean) => void;
}
