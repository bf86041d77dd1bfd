/** All text of the dialogs about a connection. */
import type { Method, CredentialStorage } from "../ipc";

const stays =
  "Your tokens on the server and this app’s journal of what was created and revoked are kept.";

export const disconnectText = {
  title: (organization: string) => `Disconnect ${organization}?`,
  removed: {
    apiToken: {
      keychain: `This removes the API token from the keychain, and the cached tokens, usage history and notes from this computer. ${stays}`,
      memory: `This removes the API token from memory, and the cached tokens, usage history and notes from this computer. ${stays}`,
    },
    session: {
      keychain: `You’ll be signed out. This removes the session cookie from the keychain, and the cached tokens, usage history and notes from this computer. ${stays}`,
      memory: `You’ll be signed out. This removes the session cookie from memory, and the cached tokens, usage history and notes from this computer. ${stays}`,
    },
  } satisfies Record<Method, Record<CredentialStorage, string>>,
  removedSandbox: "The sandbox closes and everything in it is deleted.",
  submit: "Disconnect",
  anyway: "Disconnect anyway",
  busy: "Disconnecting…",
};

export const editText = {
  title: "Edit connection",
  text: (organization: string, host: string) => `${organization} · ${host}`,
  label: "Name",
  environment: "Environment",
  color: "Color",
  colors: ["Teal", "Violet", "Red", "Green", "Amber", "Pink"],
  position: "Position",
  submit: "Save",
};
