#![doc = include_str!("../README.md")]

mod activity;
mod ask;
mod audit;
mod cleanup;
mod cli;
mod clipboard;
mod clocks;
mod connect;
mod connection;
mod create;
mod dates;
mod decisions;
mod deeds;
mod desk;
mod details;
mod digest;
mod edits;
mod elapsed;
mod error;
mod folded;
mod gaps;
mod gate;
mod hand_off;
mod heap;
mod history;
mod identity;
mod inventory;
mod journal;
mod keychain;
pub mod language;
mod listing;
mod log_words;
mod look;
mod lookup;
mod loose_ends;
mod notes;
mod once;
mod own;
mod policy_file;
mod private_file;
mod report;
mod revoke;
mod safe_file;
mod saved_views;
mod secrets;
mod selection;
mod server_activity;
mod state;
mod status;
mod store;
mod suggest;
mod sync;
pub mod text;
mod vault;
mod watch;
pub mod when;

pub use entri_api::{
    BaseUrl, BrowserCookie, LogEntry, Organization, SecondFactor, Secret, holds_value,
};
pub use token_audit::Date;

pub use activity::{Activity, ActivityQuery, ActivitySource, Entry, EntryId};
pub use ask::Ask;
pub use audit::Audit;
pub use cleanup::{
    CleanupOutcome, CleanupPlan, CleanupProgress, CleanupResult, OpenCleanup, PlanId, PlannedToken,
    RunningCleanup, Scheduled, Waits,
};
pub use cli::{CliPlace, CliPlaces, CliToken};
pub use clipboard::ClipboardState;
pub use clocks::{Clock, Clocks};
pub use connect::{
    Choices, ConnectRequest, CredentialRequest, Persistence, SignInWatch, Step, StepRequest,
};
pub use connection::{Connection, ConnectionId, CredentialStorage, Environment, Look, Method};
pub use create::{CreateCheck, CreateRequest, Created, Expiry};
pub use dates::told;
pub use decisions::{DecideRequest, Decision, DecisionKind};
pub use deeds::{Deed, DeedFilter, DeedKind, Outcome, Sentence, Tone};
pub use desk::{Desk, Event};
pub use details::Details;
pub use error::{Code, Error, Problem};
pub use gaps::{Gap, Part as ListPart, Why, said as gaps_said};
pub use hand_off::{
    Command, Failure, HandOffError, HandOffs, HandedOver, Preset, Redactor, Snippet,
};
pub use history::{News, Past, Seen, Vanished};
pub use inventory::{
    Chip, Completion, Facet, FacetValue, Inventory, Project, Query, Sort, Suggestion, TokenKey,
    TokenRecord,
};
pub use journal::{Anchor, Anchored, Broken, Placement, Said, Verified};
pub use keychain::KeychainError;
pub use listing::{Listing, Row};
pub use log_words::log_says;
pub use loose_ends::{LooseEnd, LooseEndId, LooseEndKind};
pub use notes::{Notes, NotesCheck};
pub use private_file::{FileError, FileRequest};
pub use report::{Report, ReportFormat};
pub use revoke::{RevokeOutcome, RevokePlan, RevokeRequest, Revoked, Seen as SeenToken, ToType};
pub use safe_file::{open_own, private_folder};
pub use saved_views::{CountedView, SavedView, SavedViewId};
pub use secrets::Copied;
pub use selection::Selection;
pub use server_activity::ServerActivity;
pub use status::{ConnectionStatus, ListStatus, NoAccess, Phase, Shown, Status, Summary};
pub use store::StoreError;
pub use vault::{SecretHandle, Waiting};
pub use watch::{Every, Watch, WatchNews};
