#![doc = include_str!("../README.md")]

mod desk;
mod digest;
mod elapsed;
mod error;
mod folded;
mod jobs;
mod list;
mod model;
mod once;
mod storage;
mod system;
pub mod text;
pub mod when;

pub use entri_api::{
    BaseUrl, BrowserCookie, LogEntry, Organization, SecondFactor, Secret, holds_value,
};
pub use list::language;
pub use token_audit::Date;

pub use desk::clocks::{Clock, Clocks};
pub use desk::status::{ConnectionStatus, ListStatus, NoAccess, Phase, Shown, Status, Summary};
pub use desk::vault::{SecretHandle, Waiting};
pub use desk::{Desk, Event};
pub use error::{Code, Error, Problem};
pub use jobs::activity::deeds::{Deed, DeedFilter, DeedKind, Outcome, Sentence, Tone};
pub use jobs::activity::log_words::log_says;
pub use jobs::activity::server_activity::ServerActivity;
pub use jobs::activity::{Activity, ActivityQuery, ActivitySource, Entry, EntryId};
pub use jobs::audit::Audit;
pub use jobs::audit::ask::Ask;
pub use jobs::audit::report::{Report, ReportFormat};
pub use jobs::browse::details::Details;
pub use jobs::browse::listing::{Listing, Row};
pub use jobs::browse::saved_views::{CountedView, SavedView, SavedViewId};
pub use jobs::browse::selection::Selection;
pub use jobs::bulk_revoke::{
    CleanupOutcome, CleanupPlan, CleanupProgress, CleanupResult, OpenCleanup, PlanId, PlannedToken,
    RunningCleanup, Scheduled, Waits,
};
pub use jobs::connect::{
    Choices, ConnectRequest, CredentialRequest, Persistence, SignInWatch, Step, StepRequest,
};
pub use jobs::create::{CreateCheck, CreateRequest, Created, Expiry};
pub use jobs::decide::{DecideRequest, Decision, DecisionKind};
pub use jobs::deliver::{
    Command, Failure, HandOffError, HandOffs, HandedOver, Preset, Redactor, Snippet,
};
pub use jobs::notes::{Notes, NotesCheck};
pub use jobs::revoke::{
    RevokeOutcome, RevokePlan, RevokeRequest, Revoked, Seen as SeenToken, ToType,
};
pub use jobs::secrets::Copied;
pub use jobs::unresolved::{LooseEnd, LooseEndId, LooseEndKind};
pub use jobs::watch::{Every, Watch, WatchNews};
pub use list::{
    Chip, Completion, Facet, FacetValue, Inventory, Project, Query, Sort, Suggestion, TokenKey,
    TokenRecord,
};
pub use model::connection::{
    Connection, ConnectionId, CredentialStorage, Environment, Look, Method,
};
pub use model::dates::told;
pub use model::gaps::{Gap, Part as ListPart, Why, said as gaps_said};
pub use storage::cache::StoreError;
pub use storage::history::{News, Past, Seen, Vanished};
pub use storage::journal::{Anchor, Anchored, Broken, Placement, Said, Verified};
pub use system::clipboard::ClipboardState;
pub use system::keychain::KeychainError;
pub use system::nt3::{CliPlace, CliPlaces, CliToken};
pub use system::private_file::{FileError, FileRequest};
pub use system::safe_file::{open_own, private_folder};
