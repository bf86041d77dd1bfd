/** An incident as the shell describes it, and the page that shows it. */
import type { IncidentView } from "../src/ipc";
import { m } from "../src/messages";
import { settle } from "./fake";
import { click, open } from "./open";
import { key, start } from "./samples";

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
    secondMissing: false,
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

export const REVOKED = incident({
  revoked: true,
  dead: true,
  seconds: 24,
  secondIn: 41,
  facts: [["Project", "Organization"]],
  noted: "14:02:13",
  timeline: [
    ...incident().timeline,
    {
      at: "+24 s",
      says: "Proven: the server refuses its value",
      detail: "",
      bad: false,
      proof: true,
    },
  ],
});

type Given = Parameters<typeof open>[1];

/** Pastes something in the window of the shell, which knows these incidents. */
export async function found(incidents: IncidentView[], given: Given = {}) {
  const running = await open(start(), {
    incidentsFound: () => [ID],
    incidentsList: () => incidents,
    ...given,
  });
  await click(`${m.found}…`);
  await settle();
  return running;
}
