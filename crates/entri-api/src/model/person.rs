//! People, as the client gives them out.

/// Who is signed in (docs/entri-api.md#sign-in).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Its id; an opaque text.
    pub id: String,
    /// Its name, else its address, else its id.
    pub name: String,
    /// Its email address, if the server says so.
    pub email: Option<String>,
}

/// Who created a token, as far as its record says (docs/entri-api.md#tokens); one of these at least.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Creator {
    /// The id; an opaque text. Of a record that says it in one text, that text, which may as well
    /// be a name or an address.
    pub id: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The email address.
    pub email: Option<String>,
}

impl Creator {
    /// The name, else the address, else the id.
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
    /// The name, else the address, else the id.
    pub name: String,
    /// The email address, if the record has one.
    pub email: Option<String>,
    /// The role, where the record says.
    pub role: Option<Role>,
}

/// A role as the server writes it. Which there are is documented, how they are written is not:
/// compare with [`Role::is`], and show any other as text (docs/entri-api.md#members).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role(String);

impl From<String> for Role {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Role {
    /// As the server writes it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether it is this role, such as `owner`, or has it among several with commas between.
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
