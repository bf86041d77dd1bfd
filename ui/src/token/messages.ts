/** All text of the details that no other part of the page says. */
export const stepText = { previous: "Previous token", next: "Next token" };
