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
mod redact;
mod storage;
mod system;
pub mod text;
pub mod when;

pub use entri_api::{
    BaseUrl, BrowserCookie, LogEntry, Organization, SecondFactor, Secret, holds_value,
};
pub use list::{Completion, Facet, FacetValue, Inventory, Query, Sort, Suggestion, language};
pub use model::chip::Chip;
pub use token_audit::Date;

pub use desk::status::{ConnectionStatus, ListStatus, NoAccess, Phase, Shown, Status, Summary};
pub use desk::vault::Waiting;
pub use desk::{Desk, Event};
pub use error::{
    Code, Error, Failure, FileError, HandOffError, KeychainError, Problem, StoreError,
};
pub use jobs::activity::deeds::{Deed, DeedFilter, DeedKind, Outcome, Sentence, Tone};
pub use jobs::activity::log_words::log_says;
pub use jobs::activity::server_activity::ServerActivity;
pub use jobs::activity::{Activity, ActivityQuery, ActivitySource};
pub use jobs::audit::Audit;
pub use jobs::audit::ask::Ask;
pub use jobs::audit::report::{Report, ReportFormat};
pub use jobs::browse::details::Details;
pub use jobs::browse::listing::{Listing, Row};
pub use jobs::browse::saved_views::CountedView;
pub use jobs::browse::selection::Selection;
pub use jobs::bulk_revoke::Scheduled;
pub use jobs::connect::{ConnectRequest, CredentialRequest, SignInWatch, StepRequest};
pub use jobs::create::{CreateCheck, CreateRequest, Expiry};
pub use jobs::decide::DecideRequest;
pub use jobs::deliver::{Command, HandOffs, HandedOver, Preset, Snippet};
pub use jobs::history::Seen;
pub use jobs::notes::NotesCheck;
pub use jobs::revoke::{
    RevokeOutcome, RevokePlan, RevokeRequest, Revoked, Seen as SeenToken, ToType,
};
pub use jobs::secrets::Copied;
pub use jobs::watch::{Watch, WatchNews};
pub use list::saved_view::{SavedView, SavedViewId};
pub use model::activity_entry::{Entry, EntryId};
pub use model::bulk_revoke::{
    CleanupOutcome, CleanupPlan, CleanupProgress, CleanupResult, OpenCleanup, PlanId, PlannedToken,
    RunningCleanup, Waits,
};
pub use model::connection::sign_in::{Choices, Persistence, Step};
pub use model::connection::{
    Connection, ConnectionId, CredentialStorage, Environment, Look, Method,
};
pub use model::decision::{Decision, DecisionKind};
pub use model::gaps::{Gap, Part as ListPart, Why, said as gaps_said};
pub use model::news::{News, Vanished};
pub use model::notes::Notes;
pub use model::time::clocks::{Clock, Clocks};
pub use model::time::dates::told;
pub use model::token::created::{Created, SecretHandle};
pub use model::token::{Project, TokenKey, TokenRecord};
pub use model::unresolved::{LooseEnd, LooseEndId, LooseEndKind};
pub use model::watch::Every;
pub use redact::Redactor;
pub use storage::history::Past;
pub use storage::journal::{Anchor, Anchored, Broken, Placement, Said, Verified};
pub use system::clipboard::ClipboardState;
pub use system::nt3::{CliPlace, CliPlaces, CliToken};
pub use system::private_file::FileRequest;
pub use system::safe_file::{open_own, private_folder};
