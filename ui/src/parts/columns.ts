import type { SortName } from "../ipc";

export const columns: readonly SortName[] = ["name", "use", "expires", "created", "lastUsed"];
