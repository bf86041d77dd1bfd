//! The odd ways of a server: each is one field here, the default is none, and they go together.
//! The storage and the routes know nothing of them but where they are asked for.

mod body;
mod clock;
mod dates;
mod deeds;
mod drawn;
mod drift;
mod endless;
mod entries;
mod ids;
mod memory;
mod next;
mod pages;
mod place;
mod provable;
mod ways;
mod words;

pub use crate::store::Order;
pub use dates::{Dates, Said};
pub use deeds::{Creation, Deletion, Tidy};
pub use drift::{Drift, Moves};
pub use entries::{Damage, Members, NameForm, Twins};
pub use ids::IdForm;
pub use pages::{AfterLast, Pages, Total};
pub use place::{ActiveOrganization, Organizations};
pub use ways::{Unknown, Way, ways};
pub use words::{NextForm, Numbers, Place, Words};

pub(crate) use body::{dressed, is_dressed};
pub(crate) use clock::{date, http};
pub(crate) use dates::DateOf;
pub(crate) use deeds::strike;
pub(crate) use drift::{before_page, shift_log};
pub(crate) use endless::page as endless_page;
pub(crate) use entries::{change, name};
pub(crate) use memory::Memory;
pub(crate) use next::Next;
pub(crate) use place::{activate, active, current};

/// The odd ways of a server. The default has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Odd {
    /// How lists are cut into pages.
    pub pages: Pages,
    /// Which words tell of the pages, in place of those that the form of lists has.
    pub words: Option<Words>,
    /// In which order lists of tokens are.
    pub order: Order,
    /// How a list of tokens moves while it is read.
    pub drift: Option<Drift>,
    /// What is wrong with the entries of a list of tokens.
    pub damage: Damage,
    /// Which entries of any list come twice.
    pub twins: Option<Twins>,
    /// Whether each scope of a token comes twice.
    pub scopes_twice: bool,
    /// The form of tokens' ids.
    pub ids: IdForm,
    /// The form of tokens' names.
    pub names: NameForm,
    /// The forms of dates that differ from the variant's, by field.
    pub dates: Dates,
    /// What goes wrong with a revoke.
    pub deletion: Deletion,
    /// What is made other than asked.
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
