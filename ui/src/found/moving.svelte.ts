/** Whether the app is about to sign in with a new token: what becomes of its value is told once that has ended. */
export const moving = $state({ now: false });
