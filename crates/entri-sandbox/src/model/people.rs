//! The members of the organization, and those who have left it.

/// A member of the organization.
#[derive(Clone, Copy)]
pub struct Member {
    pub id: &'static str,
    pub name: &'static str,
    pub email: &'static str,
    pub role: &'static str,
}

pub const MEMBERS: [Member; 6] = [
    Member { id: "u-5", name: "Mira Holt", email: "mira@example.test", role: "owner" },
    Member { id: "u-9", name: "Ole Dahl", email: "ole@example.test", role: "admin" },
    Member { id: "u-12", name: "Ada Lind", email: "ada@example.test", role: "developer" },
    Member { id: "u-17", name: "Jonas Berg", email: "jonas@example.test", role: "translator" },
    Member { id: "u-21", name: "Sanna Virta", email: "sanna@example.test", role: "reviewer" },
    Member { id: "u-26", name: "Eva Strand", email: "eva@example.test", role: "admin" },
];

/// Members who have left: only tokens still refer to them.
const FORMER: [Member; 3] = [
    Member { id: "u-3", name: "Nils Aune", email: "nils@example.test", role: "admin" },
    Member { id: "u-7", name: "Tove Moen", email: "tove@example.test", role: "admin" },
    // A namesake of a current member.
    Member { id: "u-8", name: "Ole Dahl", email: "ole.dahl@example.test", role: "admin" },
];

/// The person with this number: the members come first, then those who have left.
pub fn person(number: u8) -> &'static Member {
    let number = usize::from(number);
    MEMBERS.get(number).unwrap_or_else(|| &FORMER[(number - MEMBERS.len()).min(FORMER.len() - 1)])
}

pub const OWNER: u8 = 0;
pub const TRANSLATOR: u8 = 3;
/// The one member who signs in with a second factor.
pub const TWO_FACTOR_MEMBER: u8 = 5;

/// The password of every member.
pub const PASSWORD: &str = "northern lights";
