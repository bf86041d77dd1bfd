/** All text of the audit report. */
import { m } from "../messages";

const completenesses = {
  complete: "complete",
  incomplete: "incomplete: tokens may be missing",
  signedOut: "signed out: may be out of date",
};

export const auditText = {
  title: m.auditReport,
  scope: (organization: string, asOf: string, completeness: keyof typeof completenesses) =>
    `${organization} · as of ${asOf} · ${completenesses[completeness]}`,
  formats: { csv: "Export CSV…", json: "Export JSON…", html: "Export HTML…" },
  saveTitle: "Export report",
  saveText: {
    csv: "For spreadsheets. Safe to open in a spreadsheet.",
    json: "Machine-readable. Includes a SHA-256 of the token data.",
    html: "A self-contained page to print or share.",
  },
  saveReport: "Save report",
  savedTo: (file: string) => `Report saved to ${file}.`,
  lastUsed: "Last used",
  whatIf: "Stale threshold preview",
  whatIfText: "Drag or type to see how many tokens would be stale.",
  limit: "Stale after (days)",
  days: "days",
  daysField: "Number of days",
  atLimit: (days: number, tokens: number, complete: boolean) =>
    `${days} ${days === 1 ? "day" : "days"}: ${m.counted(tokens, complete)} ${tokens === 1 && complete ? "token" : "tokens"}`,
  tick: (days: number) => `${days} d`,
  saved: (name: string, days: number) => `Policy: ${name} (${days} days)`,
  save: (days: number) => `Use ${days} days`,
  back: "Reset",
  change: "Edit policy…",
  policyTitle: "Audit policy",
  policyText: (connection: string) => `Thresholds for ${connection}, in days.`,
  range: (least: number, most: number) => `${least}–${m.number(most)}`,
  savePolicy: "Save policy",
  presets: "Presets",
  importPolicy: "Import…",
  exportPolicy: "Export…",
  policyFile: { import: "Import policy", export: "Export policy" },
  policyFileText: {
    import: "TOML file. Missing settings use defaults. Takes effect immediately.",
    export: "A commented TOML file you can share or import elsewhere.",
  },
  policyFileSubmit: { import: "Import policy", export: "Export policy" },
  policyPathHint: "Full path.",
  imported: "Policy imported.",
  exportedTo: (file: string) => `Policy saved to ${file}.`,
  severalPolicies: "Each connection has its own policy. Switch to one to edit it.",
  findings: "Findings",
  columns: ["Finding", "Tokens", "Standard", "Recommended action"],
  none: "No findings",
  noneText: "All tokens comply with the policy.",
  nonePartial: "All tokens that could be read comply with the policy.",
  decided: (n: number) =>
    `${m.number(n)} ${n === 1 ? "token with an active decision is" : "tokens with active decisions are"} excluded until ${n === 1 ? "it ends" : "those end"}.`,
  severities: { high: "High", medium: "Medium", low: "Low" },
  noStandard: "—",
  plan: "Revoke…",
  planLabel: (title: string, count: string) =>
    `Review and revoke the tokens with: ${title} (${count})`,
  show: "Show",
  showLabel: (title: string, count: string) => `Show the tokens with: ${title} (${count})`,
};
