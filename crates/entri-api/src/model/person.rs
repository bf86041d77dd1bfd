//! People, as the client returns them.

/// Who is signed in (docs/entri-api.md#sign-in).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Its id; an opaque text.
    pub id: String,
    /// The name, or else the email address, or else the id.
    pub name: String,
    /// The email address, if the server reports it.
    pub email: Option<String>,
}

/// Who created a token, as far as its record says (docs/entri-api.md#tokens). At least one field is
/// known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Creator {
    /// The id; an opaque text. If the record has only one text for the creator, that text, which
    /// may also be a name or an email address.
    pub id: Option<String>,
    /// The name, if the record has one.
    pub name: Option<String>,
    /// The email address, if the record has one.
    pub email: Option<String>,
}

impl Creator {
    /// The name, or else the email address, or else the id.
    #[must_use]
    pub fn shown(&self) -> &str {
        let known = [&self.name, &self.email, &self.id];
        known.into_iter().flatten().next().map_or("", String::as_str)
    }
}

/// A member of the organization (docs/entri-api.md#members).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The id of the user, if the record distinguishes it from that of the membership; an opaque text.
    pub id: String,
    /// The id of the membership, if the record distinguishes it from that of the user.
    pub membership_id: Option<String>,
    /// The name, or else the email address, or else the id.
    pub name: String,
    /// The email address, if the record has one.
    pub email: Option<String>,
    /// The role, if the record has one.
    pub role: Option<Role>,
}

/// A role as the server writes it. The roles are documented, their spelling isn't: compare with
/// [`Role::is`], and show unknown ones as text (docs/entri-api.md#members).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role(String);

impl From<String> for Role {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Role {
    /// The role's text, for display.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether this is the named role, such as `owner`, or a comma-separated list that contains it.
    /// Case doesn't matter.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.0.split(',').any(|role| role.trim().eq_ignore_ascii_case(name))
    }

    /// Whether it manages API tokens: owners and admins do (docs/entri-api.md#who-may).
    #[must_use]
    pub fn manages_tokens(&self) -> bool {
        self.is("owner") || self.is("admin")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_compared_without_case() {
        let manages = |role: &str| Role(role.to_owned()).manages_tokens();
        for role in ["owner", "Owner", "ADMIN", "developer, admin"] {
            assert!(manages(role), "{role}");
        }
        for role in ["", "Developer", "translator", "administrator", "co-owner"] {
            assert!(!manages(role), "{role}");
        }
    }
}
