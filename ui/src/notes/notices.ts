/** What is told of notes outside their dialog, whose text the window loads later. */
export const notesNotices = {
  gone: "This token is no longer in the list. Refresh the list to see what is there.",
};
