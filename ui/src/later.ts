/** What the window does not show at its start, and loads when it is first asked for: one piece. */
export { default as Audit } from "./audit/Audit.svelte";
export { default as Disconnect } from "./dialogs/Disconnect.svelte";
export { default as EditConnection } from "./dialogs/EditConnection.svelte";
export { default as HandOver } from "./dialogs/HandOver.svelte";
export { default as Help } from "./dialogs/Help.svelte";
export { default as Revoke } from "./dialogs/Revoke.svelte";
