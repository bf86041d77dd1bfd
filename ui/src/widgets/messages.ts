/** All text of a failure that the shell does not put into words. */
export const failureText = {
  usedSince: "This token was used after the list was loaded.",
  signInAgain: "Sign in again",
};
