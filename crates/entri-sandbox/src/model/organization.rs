//! The organization that the sandbox imitates, and another one.

use super::people::{MEMBERS, Member};

pub const ORGANIZATION_ID: &str = "665f1c0a9b3e4d0012ab34cd";
pub const ORGANIZATION_NAME: &str = "Nordlys Apps";

/// An organization, without its tokens.
pub struct Organization {
    pub id: &'static str,
    pub name: &'static str,
    pub slug: &'static str,
    pub projects: &'static [Project],
    pub members: &'static [Member],
}

/// The one whose tokens the sandbox holds.
pub static OURS: Organization = Organization {
    id: ORGANIZATION_ID,
    name: ORGANIZATION_NAME,
    slug: "nordlys-apps",
    projects: &PROJECTS,
    members: &MEMBERS,
};

/// Another organization, of which the admin is a member, too. It has no tokens.
pub static OTHER: Organization = Organization {
    id: "665f1c0a9b3e4d0012ab99ff",
    name: "Fjord Studio",
    slug: "fjord-studio",
    projects: &[("6660bb20", "Studio Website", &["nb"]), ("6660bb21", "Price Lists", &["sv"])],
    members: &[MEMBERS[0]],
};

/// A project: id, name, languages it is translated to.
pub type Project = (&'static str, &'static str, &'static [&'static str]);

pub const PROJECTS: [Project; 3] = [
    ("6660aa10", "Marketing Website", &["nb", "sv", "de"]),
    ("6660aa11", "Mobile App", &["nb", "sv", "da", "fi"]),
    ("6660aa12", "Ferry Timetables", &["nb", "en"]),
];
