//! The oddities of a server. Each is one field here, the default is none, and they can be combined.
//! The storage and the routes only know where to ask for them.

mod changes;
mod lists;
mod organizations;
mod records;

use crate::model::Order;

pub use changes::{Creation, Deletion, Tidy};
pub use lists::{
    AfterLast, Damage, Drift, Members, Moves, Next, NextForm, Numbers, Pages, Place, Total, Twins,
    Words,
};
pub use organizations::{ActiveOrganization, Organizations};
pub use records::{Dates, IdForm, NOT_UTF8, NameForm, Said, Uses, Values, as_numbers, name};

/// The odd ways of a server. The default has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Odd {
    /// How lists are cut into pages.
    pub pages: Pages,
    /// What a page states about the others, instead of what the form of lists has.
    pub words: Option<Words>,
    /// In which order lists of tokens are.
    pub order: Order,
    /// How a list of tokens changes while it is read.
    pub drift: Option<Drift>,
    /// What is wrong with the entries of a list of tokens.
    pub damage: Damage,
    /// Which entries of any list come twice.
    pub twins: Option<Twins>,
    /// Whether each scope of a token comes twice.
    pub scopes_twice: bool,
    /// How a token's id is written.
    pub ids: IdForm,
    /// How a token's name is written.
    pub names: NameForm,
    /// The forms of dates that differ from the variant's, by field.
    pub dates: Dates,
    /// How last uses are kept.
    pub uses: Uses,
    /// Which values are taken for a token's.
    pub values: Values,
    /// What goes wrong with a revoke.
    pub deletion: Deletion,
    /// How a created token differs from what was asked for.
    pub creation: Creation,
    /// In which organization a session is active.
    pub active: ActiveOrganization,
    /// Which organizations are listed.
    pub organizations: Organizations,
    /// What is wrong with the list of members.
    pub members: Members,
    /// Whether the activity log gets an entry between any two of its pages.
    pub log_shifts: bool,
    /// Whether JSON begins with a byte order mark.
    pub byte_order_mark: bool,
    /// How many objects a list is wrapped in, each under `data`.
    pub nesting: u32,
    /// How many bytes of no use each token comes with.
    pub padding: u32,
}
