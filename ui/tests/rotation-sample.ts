/** A rotation as the shell describes it. */
import type { CreatedView, KeyView, PlaceView, RotationPlanView, RotationView } from "../src/ipc";
import { details, key } from "./samples";

export const place = (
  id: string,
  text: string,
  ready: boolean,
  done: string | null = null,
): PlaceView => ({
  id,
  text,
  about: ready ? "GitHub Actions" : "By hand",
  ready,
  role: "ofOld",
  done,
  confirmed: false,
  failed: null,
});

export const places = () => [
  place("a", "gh secret set NT3_API_TOKEN --repo=nordlys/mobile-app", true),
  place("b", "/srv/nightly/entri.env", true),
  place("c", "Fastlane on the Mac mini", false),
];

export function rotationPlan(of: KeyView): RotationPlanView {
  return {
    token: details(of),
    form: {
      connection: of.connection,
      name: "token-3 (r2)",
      expiry: { kind: "days", days: 90 },
      scopes: ["translations:read"],
      projectId: null,
      notes: { place: "", note: "" },
      incident: null,
    },
    about: "Same project, scopes, places and note. The old one was valid for 90 days.",
    places: places(),
    own: false,
    role: null,
    leastHours: 0,
  };
}

export function rotation(given: Partial<RotationView> = {}): RotationView {
  const todo = { state: "toDo", text: "" } as const;
  return {
    id: { connection: 1, number: 5 },
    name: "token-3",
    old: key(3),
    new: key("new"),
    listed: [true, true],
    newName: "token-3 (r2)",
    steps: [{ state: "done", text: "13:31" }, { state: "now", text: "0 of 3" }, todo, todo, todo],
    waitsFor: "You: deliver to /srv/nightly/entri.env",
    about: "",
    next: "",
    nextAbout: "",
    action: "none",
    places: places(),
    open: true,
    valueWaits: true,
    quiet: "24 hours without use of the old one",
    ...given,
  };
}

/** Its new token, whose value waits. */
export const replacement = (name: string): CreatedView => ({
  handle: 7,
  mask: "entri_••••1Td6",
  key: key("new"),
  name,
  expiresText: "Expires 22 Feb 2027",
  scopesText: "translations:read",
  differs: null,
  rotation: { connection: 1, number: 5 },
  copiedAt: null,
  delivered: null,
});
