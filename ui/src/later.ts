/** What the window does not show at its start, and loads when it is first asked for: one piece. */
import "./styles/later.css";
import "./widgets/table.css";
import "./frame/keeper";
import "./frame/second-click";
import "./frame/widths";
import "./menu/click-away";

export { default as OpenBulkRevokes } from "./bulk-revoke/OpenBulkRevokes.svelte";
export { default as Deliver } from "./deliver/Deliver.svelte";
export { default as OpenDialogs } from "./dialogs/OpenDialogs.svelte";
export { default as Practice } from "./practice/Practice.svelte";
export { default as Columns } from "./columns/Columns.svelte";
export { default as Details } from "./token/Details.svelte";
export { default as Toasts } from "./frame/Toasts.svelte";
export { default as Unresolved } from "./unresolved/Unresolved.svelte";
export { goToLine } from "./screens/lines";
export { default as OtherScreen } from "./screens/OtherScreen.svelte";
export { default as OpenPalette } from "./palette/OpenPalette.svelte";
export { rowItems } from "./commands/row-items";
export { default as Menu } from "./menu/Menu.svelte";
export { default as SelectionBar } from "./list/SelectionBar.svelte";
export { default as Connect } from "./screens/Connect.svelte";
export { default as OpenIncidents } from "./found/OpenIncidents.svelte";
export { default as Facets } from "./search/Facets.svelte";
export { default as SavedViews } from "./search/SavedViews.svelte";
export { default as SearchHelp } from "./search/SearchHelp.svelte";
export { default as SearchProblem } from "./search/SearchProblem.svelte";
