/** An incident as the shell describes it. */
import type { IncidentView } from "../src/ipc";
import { key } from "./samples";

export const ID = { connection: 1, number: 7 };
const NAMED = {
  key: key(3),
  name: "token-3",
  sureness: "certain",
  how: "by its fingerprint",
} as const;

export function incident(change: Partial<IncidentView> = {}): IncidentView {
  return {
    id: ID,
    mask: "entri_••••1Td6",
    named: NAMED,
    says: null,
    suspects: [],
    narrowed: false,
    timeline: [
      { at: "14:02:10", says: "Found", detail: "by Mira", bad: false, proof: false },
      { at: "+3 s", says: "Identified", detail: "as token-3", bad: false, proof: false },
    ],
    facts: [],
    noted: null,
    revoked: false,
    dead: null,
    seconds: null,
    secondIn: null,
    tasks: [],
    exposure: [
      ["Found in", ""],
      ["Exposed since", ""],
    ],
    window: null,
    questions: "",
    entries: "Journal entries 7–8",
    ...change,
  };
}
