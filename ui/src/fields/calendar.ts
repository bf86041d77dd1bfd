/** Days as the shell takes them, `2027-02-22`, and the months that they stand in. */

const DAY = 86_400_000;

/** The day of a text, at midnight UTC; `null` where it names none. */
export function dayOf(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text.trim())) return null;
  const day = new Date(`${text.trim()}T00:00:00Z`);
  // The thirtieth of February is taken for a day in March, or for none.
  return !Number.isNaN(day.getTime()) && textOf(day) === text.trim() ? day : null;
}

export const textOf = (day: Date) => day.toISOString().slice(0, 10);

/** Today, as every server counts days. */
export const today = () => dayOf(textOf(new Date())) ?? new Date();

export const plusDays = (day: Date, days: number) => new Date(day.getTime() + days * DAY);

/** The same day of another month, or the last one of a month that is shorter. */
export function plusMonths(day: Date, months: number): Date {
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(day.getUTCDate(), last)));
}

/** The weeks of the month that a day is in, from Monday on, with the days around it. */
export function weeksOf(day: Date): Date[][] {
  const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1));
  const start = plusDays(first, -((first.getUTCDay() + 6) % 7));
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, at) => plusDays(start, week * 7 + at)),
  );
}
