/** What is told of decisions outside their dialog, whose text the window loads later. */
import { count } from "../messages";

export const decideNotices = {
  undone: (about: string) => `Decision about ${about} undone.`,
  quoted: (name: string) => `“${name}”`,
  several: (n: number) => count(n, "token"),
};
