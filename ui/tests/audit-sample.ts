/** What the shell would answer about the audit of an organization. */
import type { AuditView } from "../src/ipc";

/** An audit whose curve falls from 40 tokens by one every ten days. */
export function audit(staleDays = 90): AuditView {
  return {
    policy: { name: "Standard", staleDays, settings: [], presets: [] },
    lastUsed: [
      { label: "0–30 d", count: 24, tone: "used" },
      { label: "never used", count: 3, tone: "unknown" },
    ],
    whatIf: Array.from({ length: 365 }, (_, at) => 40 - Math.floor((at + 1) / 10)),
    findings: [
      {
        rule: "stale",
        severity: "high",
        title: "Unused for 90 days or more",
        count: 6,
        remedy: "Ask the owner, then revoke it.",
        revokes: true,
        standards: "OWASP NHI1 · NIST AC-2(3)",
      },
      {
        rule: "duplicate-name",
        severity: "low",
        title: "Duplicate name",
        count: 2,
        remedy: "Rename or revoke the unused one.",
        revokes: false,
        standards: "",
      },
    ],
    decided: 0,
    unchecked: [],
    precision: [],
  };
}
