/** All text of the audit report. */
import { m } from "../messages";

export const a = {
  title: m.auditReport,
  scope: (organization: string, asOf: string, complete: boolean) =>
    `${organization} · data of ${asOf} · ${complete ? "complete" : "incomplete: tokens may be missing"}`,
  formats: { csv: "Export CSV…", json: "JSON…", html: "Print-ready page…" },
  saveTitle: "Save the report",
  saveText: {
    csv: "A table for spreadsheets. No name in it is taken for a formula.",
    json: "For programs. Its SHA-256 is that of the tokens in it.",
    html: "One page to read, print and send. It loads nothing.",
  },
  path: "File",
  pathHint: "From / or ~/ on. Only you can read it, and no token’s value is in it.",
  saveReport: "Save the report",
  savedTo: (file: string) => `The report is in ${file}.`,
  lastUsed: "Last used",
  whatIf: "What if the limit were…",
  whatIfText: "Drag to see how many tokens each limit calls stale.",
  limit: "Stale after, in days",
  atLimit: (days: number, tokens: number, complete: boolean) =>
    `${days} ${days === 1 ? "day" : "days"}: ${m.counted(tokens, complete)} ${tokens === 1 && complete ? "token" : "tokens"}`,
  tick: (days: number) => `${days} d`,
  saved: (name: string, days: number) => `Policy: ${name} (${days} days)`,
  save: (days: number) => `Save ${days} days as the policy`,
  back: "Back to the policy",
  change: "Change the policy…",
  policyTitle: "Audit policy",
  policyText: (connection: string) => `What the tokens of ${connection} are judged by, in days.`,
  range: (least: number, most: number) => `${least}–${m.number(most)}`,
  savePolicy: "Save the policy",
  presets: "Presets",
  importPolicy: "Import…",
  exportPolicy: "Export…",
  policyFile: { import: "Import a policy", export: "Export the policy" },
  policyFileText: {
    import: "A TOML file; what it leaves out has its default. It holds from now on.",
    export: "A TOML file with a comment on each setting, for other connections and people.",
  },
  policyFileSubmit: { import: "Import the policy", export: "Export the policy" },
  policyPathHint: "From / or ~/ on.",
  imported: "The policy of the file holds from now on.",
  exportedTo: (file: string) => `The policy is in ${file}.`,
  severalPolicies:
    "The connections shown have policies of their own. Show one of them to change it.",
  columns: ["Finding", "Tokens", "Standard", "What to do"],
  none: "Nothing found",
  noneText: "No token of this list breaks a rule of the audit.",
  nonePartial: "No token that was read breaks a rule of the audit.",
  decided: (n: number) =>
    `Not counted: what was decided on, of ${m.number(n)} ${n === 1 ? "token" : "tokens"}. It comes back when the decision ends.`,
  severities: { high: "High", medium: "Medium", low: "Low" },
  noStandard: "—",
  plan: "Plan revoke…",
  planLabel: (title: string, count: string) =>
    `Review and revoke the tokens of: ${title} (${count})`,
  show: "Show",
  showLabel: (title: string, count: string) => `Show the tokens of: ${title} (${count})`,
};
