/** All text of the date field, and of the dialogs that ask where to save a file. Days stand before months, as everywhere in the app. */
const inUtc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });

const month = inUtc({ month: "long", year: "numeric" });
const date = inUtc({ day: "numeric", month: "long", year: "numeric" });
const weekday = inUtc({ weekday: "narrow" });
const day = inUtc({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

export const dateText = {
  dateFormat: "YYYY-MM-DD",
  noDate: "Enter a date such as 2027-02-22.",
  passed: "This date has passed. Choose a future date.",
  openCalendar: "Choose a date",
  monthBefore: "Previous month",
  monthAfter: "Next month",
  month: (of: Date) => month.format(of),
  weekday: (of: Date) => weekday.format(of),
  date: (of: Date) => date.format(of),
  day: (of: Date) => day.format(of),
};

export const fileText = {
  path: "File",
  pathHint: "Full path. Readable only by you; contains no token values.",
  showInFolder: "Show in folder",
};
