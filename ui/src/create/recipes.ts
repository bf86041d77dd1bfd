/** What tokens for usual places need: names, scopes and expiry. */

export interface Recipe {
  readonly label: string;
  readonly name: string;
  readonly days: number;
  readonly scopes: readonly string[];
}

/** The scopes Entri documents; others may be typed. */
export const KNOWN_SCOPES = ["translations:read", "translations:write"] as const;

const read = KNOWN_SCOPES.slice(0, 1);

export const recipes: readonly Recipe[] = [
  { label: "GitHub Actions", name: "github-actions", days: 90, scopes: KNOWN_SCOPES },
  { label: "GitLab CI", name: "gitlab-ci", days: 90, scopes: KNOWN_SCOPES },
  { label: "Local development", name: "local-development", days: 30, scopes: KNOWN_SCOPES },
  { label: "Staging", name: "staging-server", days: 90, scopes: read },
  { label: "Production", name: "production-server", days: 90, scopes: read },
];
