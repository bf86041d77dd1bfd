#![doc = include_str!("../README.md")]

mod context;
mod files;
mod git;
mod hit;
mod inspect;
mod ledger;
mod needles;
mod packed;
mod scan;
mod value;

pub use context::{Options, Silent, Watch};
pub use hit::{Commit, Hit, Kind, shown, shown_path};
pub use ledger::{AllRead, Fault, Ledger, Outcome, Rule, Tally, Unit, Unread};
pub use needles::Encoding;
pub use scan::{Report, scan, scan_text};
pub use value::{Fingerprint, Key};
