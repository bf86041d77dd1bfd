/** What is told of bulk revokes outside their dialog, whose text the window loads later. */
export const bulkNotices = {
  scheduled: "Scheduled for tomorrow. You’ll be asked to confirm before anything is revoked.",
  calledOff: "Schedule canceled. The tokens stay active.",
  endedUnseen: "The bulk revoke has ended. See Activity for each token.",
};
