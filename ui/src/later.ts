/** What the window does not show at its start, and loads when it is first asked for: one piece. */
import "./styles/later.css";
import "./parts/table.css";

export { default as Activity } from "./activity/Activity.svelte";
export { default as Audit } from "./audit/Audit.svelte";
export { default as OpenCleanups } from "./cleanup/OpenCleanups.svelte";
export { default as HandOver } from "./dialogs/HandOver.svelte";
export { default as OpenDialogs } from "./dialogs/OpenDialogs.svelte";
export { default as Columns } from "./parts/Columns.svelte";
export { default as Details } from "./parts/Details.svelte";
export { default as LooseEnds } from "./parts/LooseEnds.svelte";
export { rowEntries } from "./parts/row-entries";
export { default as RowMenu } from "./parts/RowMenu.svelte";
export { default as SelectionBar } from "./parts/SelectionBar.svelte";
export { default as Connect } from "./screens/Connect.svelte";
export { default as Facets } from "./search/Facets.svelte";
export { default as SavedViews } from "./search/SavedViews.svelte";
export { default as SearchHelp } from "./search/SearchHelp.svelte";
export { default as SearchProblem } from "./search/SearchProblem.svelte";
