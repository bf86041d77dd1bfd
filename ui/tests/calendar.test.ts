/** The days of the calendar, and choosing one of them. */
import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import { createText } from "../src/create/messages";
import { dayOf, plusDays, plusMonths, textOf, today, weeksOf } from "../src/fields/calendar";
import { dateText } from "../src/fields/messages";
import { settle } from "./fake";
import { button, field, open, press, radio } from "./open";
import { start } from "./samples";

// The document of these tests has no popovers.
HTMLElement.prototype.hidePopover = () => undefined;

const on = (text: string) => dayOf(text) ?? new Date(Number.NaN);

test.each(["", "2027-02-30", "2027-13-01", "22 Feb", "2027-2-2", "12027-02-02"])(
  "“%s” names no day",
  (text) => expect(dayOf(text)).toBeNull(),
);

test("a month is as long as it is", () => {
  expect(textOf(plusMonths(on("2027-01-31"), 1))).toBe("2027-02-28");
  expect(textOf(plusMonths(on("2028-01-31"), 1))).toBe("2028-02-29");
  expect(textOf(plusMonths(on("2027-01-31"), -2))).toBe("2026-11-30");
});

test("its weeks begin on Mondays and hold every day of it once", () => {
  for (let day = on("2026-01-01"); day < on("2029-01-01"); day = plusMonths(day, 1)) {
    const days = weeksOf(day).flat();
    expect(weeksOf(day).every(([first]) => first?.getUTCDay() === 1)).toBe(true);
    const own = days.filter((it) => it.getUTCMonth() === day.getUTCMonth());
    expect(own.length).toBe(plusMonths(day, 1).getTime() / 864e5 - day.getTime() / 864e5);
    expect(new Set(days.map(textOf)).size).toBe(42);
  }
});

test("a date is filled in with the days chosen before, and another one chosen in the calendar", async () => {
  const { called } = await open(start());
  await press("c");
  radio("30 days").click();
  await settle();
  radio(createText.date).click();
  await settle();
  const then = plusDays(today(), 30);
  expect(field(createText.dateLabel).value).toBe(textOf(then));
  await fireEvent.click(button(dateText.openCalendar));
  const calendar = document.getElementById("calendar") as HTMLElement;
  await fireEvent(calendar, Object.assign(new Event("toggle"), { newState: "open" }));
  await settle();
  expect(document.activeElement?.getAttribute("aria-label")).toBe(dateText.day(then));
  await fireEvent.keyDown(document.activeElement as Element, { key: "ArrowDown" });
  await settle();
  const next = plusDays(then, 7);
  expect(document.activeElement?.getAttribute("aria-label")).toBe(dateText.day(next));
  (document.activeElement as HTMLElement).click();
  await settle();
  expect(field(createText.dateLabel).value).toBe(textOf(next));
  const last = called("tokensCheckCreate").at(-1)?.[1];
  expect(last).toMatchObject({ expiry: { kind: "date", date: textOf(next) } });
});

test("its days are a table that has the name of their month", async () => {
  await open(start());
  await press("c");
  radio(createText.date).click();
  await settle();
  const table = document.querySelector("#calendar table");
  expect(
    document.getElementById(table?.getAttribute("aria-labelledby") ?? "")?.textContent,
  ).toMatch(/^\w+ \d{4}$/);
});

test("a day that has passed is remarked on while it is typed", async () => {
  await open(start());
  await press("c");
  radio(createText.date).click();
  await settle();
  const date = field(createText.dateLabel);
  await fireEvent.input(date, { target: { value: "2020-01-0" } });
  expect(screen.queryByText(dateText.passed)).toBeNull();
  await fireEvent.input(date, { target: { value: "2020-01-01" } });
  const error = screen.getByText(dateText.passed).closest("p");
  expect(date.getAttribute("aria-describedby")).toBe(error?.id);
  await fireEvent.input(date, { target: { value: textOf(plusDays(today(), 2)) } });
  expect(screen.queryByText(dateText.passed)).toBeNull();
});

test("a choice is called what it shows, and its buttons are no part of the page’s foot", async () => {
  await open(start());
  await press("c");
  for (const choice of screen.getAllByRole("radio")) {
    const shown = choice.closest("label")?.textContent.trim() ?? "";
    expect(choice.getAttribute("aria-label") ?? shown).toContain(shown);
  }
  expect(
    screen.queryAllByRole("contentinfo", { name: "" }).filter((it) => it.closest("dialog")),
  ).toEqual([]);
});

test("it closes where the Tab key leaves it", async () => {
  await open(start());
  await press("c");
  radio(createText.date).click();
  await settle();
  const calendar = document.getElementById("calendar") as HTMLElement;
  await fireEvent(calendar, Object.assign(new Event("toggle"), { newState: "open" }));
  await settle();
  const hide = vi.spyOn(calendar, "hidePopover");
  const [one, other] = calendar.querySelectorAll("td button");
  await fireEvent.focusOut(one as Element, { relatedTarget: other });
  expect(hide).not.toHaveBeenCalled();
  await fireEvent.focusOut(one as Element, { relatedTarget: button(createText.submit) });
  expect(hide).toHaveBeenCalledOnce();
});

test("no day before today can be chosen", async () => {
  await open(start());
  await press("c");
  radio(createText.date).click();
  await settle();
  const calendar = document.getElementById("calendar") as HTMLElement;
  await fireEvent(calendar, Object.assign(new Event("toggle"), { newState: "open" }));
  await settle();
  for (let times = 0; times < 20; times += 1) {
    await fireEvent.keyDown(document.activeElement as Element, { key: "PageUp" });
    await settle();
  }
  expect(document.activeElement?.getAttribute("aria-label")).toBe(dateText.day(today()));
  const yesterday = screen.queryByRole("button", {
    name: dateText.day(plusDays(today(), -1)),
    hidden: true,
  });
  expect((yesterday as HTMLButtonElement | null)?.disabled ?? true).toBe(true);
});
