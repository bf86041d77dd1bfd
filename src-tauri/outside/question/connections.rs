//! Questions about signing in and out.

use token_desk::Connection;

use super::Question;

impl Question {
    /// Before the first request to a server.
    #[must_use]
    pub fn connect(origin: &str) -> Self {
        let text = "You haven’t connected to this server before. It receives your sign-in.";
        Self::new("Connect to this server?", text, "Connect").about(origin)
    }

    /// Before a connection is removed.
    #[must_use]
    pub fn disconnect(connection: &Connection) -> Self {
        let text = "Its list, notes and history are removed from this computer. Tokens on the server are kept.";
        let origin = connection.base_url.origin();
        let lines = [&connection.appearance.label, &connection.organization_name, &origin];
        Self::new("Disconnect?", text, "Disconnect").about_lines(&lines.map(String::as_str))
    }
}
