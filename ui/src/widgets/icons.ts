/** Outlines on a grid of 16 by 16. */
export const icons = {
  activity: "M1.5 8h3l2-5 3 10 2-5h3",
  alert: "M8 2.6 14 13H2L8 2.6ZM8 6.6v3M8 11.4v.1",
  calendar: "M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2v3M10.5 2v3",
  check: "m3.5 8.5 3 3 6-7",
  chevron: "m4.5 6.5 3.5 3.5 3.5-3.5",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2 1.6",
  close: "m4 4 8 8M12 4l-8 8",
  columns: "M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10",
  copy: "M6 6h7v7H6zM10 6V3H3v7h3",
  dash: "M3.5 8h9",
  dots: "M3.5 8h.1M8 8h.1M12.5 8h.1",
  edit: "M3 13h2.2l7.3-7.3-2.2-2.2L3 10.8V13ZM9 4.8 11.2 7",
  eye: "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8ZM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z",
  gear: "M8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8 2v1.5m0 9V14M2 8h1.5m9 0H14M4 4l1 1m6 6 1 1M4 12l1-1m6-6 1-1",
  infinity:
    "M8 8C6.8 6.3 5.8 5.6 4.6 5.6a2.4 2.4 0 0 0 0 4.8C5.8 10.4 6.8 9.7 8 8s2.2-2.4 3.4-2.4a2.4 2.4 0 0 1 0 4.8C10.2 10.4 9.2 9.7 8 8Z",
  left: "M13 8H3.5M7 4 3 8l4 4",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.4V11M8 5v.1",
  key: "M10.2 9.8a3.6 3.6 0 1 0-3.4-2.4L2 12.2V14h2.4v-1.6H6v-1.6h1.4l1.1-1.1c.5.1 1.1.2 1.7.1ZM10.9 5.2v.1",
  layers: "m8 2.5 6 3-6 3-6-3 6-3ZM2 8.5l6 3 6-3M2 11.2l6 3 6-3",
  lock: "M4 7.5h8V14H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  report: "M4 2h5.5L13 5.5V14H4zM9.5 2v3.5H13M6.5 8.5h4M6.5 11h4",
  plus: "M8 3v10M3 8h10",
  refresh:
    "M13.4 7A5.5 5.5 0 0 0 3.6 4.6L2.4 6M2.6 9a5.5 5.5 0 0 0 9.8 2.4l1.2-1.4M2.4 2.8V6h3.2M13.6 13.2V10h-3.2",
  right: "M3 8h9.5M9 4l4 4-4 4",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.6 10.6 14 14",
  swap: "M2.5 5.5h9M9 3l2.5 2.5L9 8M13.5 10.5h-9M7 8l-2.5 2.5L7 13",
} as const;

export type IconName = keyof typeof icons;

const findings: Readonly<Record<string, IconName>> = {
  stale: "clock",
  "never-used": "clock",
  "no-expiry": "infinity",
  "long-lived": "clock",
  "rotation-age": "refresh",
};

/** What a finding is about, at a glance; its reason says it in words. */
export function findingIcon(rule: string): IconName {
  return findings[rule] ?? "alert";
}
