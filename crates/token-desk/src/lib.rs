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
    BaseUrl, BrowserCookie, LogEntry, Organization, OrganizationId, ProjectId, SecondFactor,
    Secret, TokenId, holds_value,
};
pub use list::{Completion, Facet, FacetValue, Inventory, Query, Sort, Suggestion, language};
pub use model::chip::Chip;
pub use token_audit::{Date, ServerTime};

pub use desk::status::{
    ConnectionStatus, ListStatus, NoAccess, Phase, Reached, Shown, Status, Summary,
};
pub use desk::vault::{AtStake, Waiting};
pub use desk::{Desk, Event};
pub use error::{
    Code, DeliveryError, Error, Failure, FileError, FoundError, KeychainError, NotRevoked, Problem,
    RotationError, ScanError, StoreError,
};
pub use jobs::activity::acts::{Act, Outcome, Sentence, Tone};
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
pub use jobs::deliver::{Command, Delivered, DeliveryChoices, Preset, Snippet, stop_programs};
pub use jobs::history::TokenHistory;
pub use jobs::incident::{EXPOSURE, Identified, IncidentNow, Suspect, Window};
pub use jobs::notes::NotesCheck;
pub use jobs::revoke::{
    Proof, RevokeOutcome, RevokePreview, RevokeRequest, Revoked, Seen as SeenToken, ToType,
};
pub use jobs::rotation::{
    PlaceResult, PlaceRole, PlannedPlace, RoleDiffers, RotateRequest, Rotation, RotationAction,
    RotationPart, RotationPlan, RotationQueue, RotationStep, ShownPlace, StepState,
};
pub use jobs::scan::{
    ComparedTold, FoundToken, IncidentOf, LedgerTold, Life, LookedFor, Owner, PlaceKind, PlaceTold,
    ScanNow, UnreadTold,
};
pub use jobs::secrets::Copied;
pub use jobs::watch::{Watch, WatchNews};
pub use list::saved_view::{SavedView, SavedViewId};
pub use model::act::{ActFilter, ActKind};
pub use model::bulk_revoke::{
    BulkRevokeOutcome, BulkRevokePlan, BulkRevokeProgress, BulkRevokeResult, OpenBulkRevoke,
    PlanId, PlannedToken, RunningBulkRevoke, Waits,
};
pub use model::connection::sign_in::{Choices, Persistence, Step};
pub use model::connection::{
    Appearance, Connection, ConnectionId, CredentialStorage, Environment, Method,
};
pub use model::decision::{Decision, DecisionKind};
pub use model::deed::{Deed, Written};
pub use model::entry::{Entry, EntryId};
pub use model::gaps::{Gap, Part as ListPart, Why, said as gaps_said};
pub use model::news::{News, Vanished};
pub use model::notes::Notes;
pub use model::rotation::destination::Destination;
pub use model::rotation::{
    PlaceSays, Replacement, RotationId, RotationPlace, RotationRecord, RotationRevoke, RotationRole,
};
pub use model::scan::ScanOf;
pub use model::settings::{Density, Setting, Settings, Theme, Zone};
pub use model::time::clocks::{Clock, Clocks};
pub use model::time::dates::{told, written};
pub use model::token::created::{Created, SecretHandle};
pub use model::token::incident::{Incident, IncidentId, IncidentStep, Sureness};
pub use model::token::{Project, TokenKey, TokenRecord};
pub use model::unresolved::{Unresolved, UnresolvedId, UnresolvedKind};
pub use model::watch::Every;
pub use redact::Redactor;
pub use storage::history::Past;
pub use storage::journal::{Anchor, Anchored, Broken, Delivery, Said, Verified};
pub use storage::settings::SettingsFile;
pub use system::clipboard::ClipboardState;
pub use system::core_files::forbid_core_files;
pub use system::data_folder::{Claim, LOCK, claim, data_folder};
pub use system::nt3::{CliPlace, CliPlaces, CliToken};
pub use system::private_file::FileRequest;
pub use system::safe_file::{open_own, private_folder};
