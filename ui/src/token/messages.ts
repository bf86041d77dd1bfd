/** All text of the details that no other part of the page says. */
export const stepText = { previous: "Previous token", next: "Next token" };

export const rotationText = {
  stuck: (waitsFor: string) => `Stuck · ${waitsFor}`,
  show: "Show the rotation",
};
