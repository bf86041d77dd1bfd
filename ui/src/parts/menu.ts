import type { IconName } from "./icons";

/** Something that can be chosen from a menu. */
export interface Entry {
  icon: IconName;
  label: string;
  /** The key that does the same. */
  shortcut?: string;
  /** Why it cannot be done. */
  impossible?: string | null;
  /** Whether it cannot be undone: it stands apart. */
  danger?: boolean;
  act: () => void;
}
