/** What is told of bulk revokes outside their dialog, whose text the window loads later. */
export const bulkNotices = {
  scheduled: "Scheduled for tomorrow.",
  calledOff: "Schedule canceled. The tokens stay active.",
  endedUnseen: "The bulk revoke has ended. See Activity for each token.",
};
