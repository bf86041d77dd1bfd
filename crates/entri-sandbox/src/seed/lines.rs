//! The first tokens of every organization, written by hand so that each state is among them.

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;
pub const NEVER: i64 = i64::MAX;

/// Name, project (0 = the organization's), scopes (0 none, 1 read, 2 read and write),
/// created days ago, expires in days (`NEVER` = not), last used seconds ago (`NEVER` = not), creator
/// (as in `person`: 2 was an admin once, 6 and 7 have left).
pub type Line = (&'static str, usize, u8, i64, i64, i64, u8);

#[rustfmt::skip]
pub const LINES: [Line; 48] = [
    ("Entri Tokens app",        0, 0,   3,  87,    5 * MINUTE, 0),
    ("gitlab-ci (r2)",          2, 2,   1,  89,    2 * MINUTE, 1),
    ("github-actions-web",      1, 2,   2,  88,   12 * MINUTE, 0),
    ("gitlab-ci",               2, 2,  90,  12,   26 * MINUTE, 1),
    ("Release pipeline",        0, 2, 630, NEVER,  3 * HOUR,   0),
    ("backup-cron",             0, 1, 715, NEVER,  6 * HOUR,   1),
    ("deploy-eu-1",             0, 1,  84,   6,   26 * HOUR,   5),
    ("contractor-import",       3, 2,  95,  -5,    9 * DAY,    1),
    ("docs-preview",            1, 1, 141,  41,   38 * DAY,    5),
    ("Mira's laptop",           0, 0, 438, NEVER, 128 * DAY,   0),
    ("staging-server",          0, 2, 676, NEVER, 219 * DAY,   1),
    ("zapier-bridge",           0, 2, 938, NEVER, 402 * DAY,   6),
    ("figma-export",            1, 1, 175, NEVER, NEVER,       5),
    ("deploy-eu-2",             0, 1,  84,  96,   31 * HOUR,   5),
    ("deploy-us-1",             0, 1,  80, 100,   40 * HOUR,   5),
    ("android-nightly",         2, 2, 200,  60,    7 * HOUR,   1),
    ("ios-nightly",             2, 2, 200,  60,    8 * HOUR,   1),
    ("app-store-texts",         2, 1, 120,  75,    2 * DAY,    5),
    ("play-store-texts",        2, 1, 120,  75,    3 * DAY,    5),
    ("crowd-import",            3, 2, 300,  64,   45 * DAY,    1),
    ("timetable-sync",          3, 2, 510, NEVER, 40 * MINUTE, 1),
    ("timetable-staging",       3, 2, 340,  50,   33 * DAY,    1),
    ("harbor-displays",        3, 1, 260, 105,   15 * MINUTE, 1),
    ("harbor-displays-test",   3, 1, 255, 110,   52 * DAY,    1),
    ("ticket-kiosk",            3, 1, 420, NEVER, 95 * DAY,    0),
    ("newsletter",              1, 1, 150, 215,    4 * DAY,    5),
    ("press-kit",               1, 1,  66, 299,   11 * DAY,    5),
    ("landing-pages",           1, 2, 180, 185,    5 * HOUR,   5),
    ("seo-checker",             1, 1, 520, NEVER, 61 * DAY,    0),
    ("cms-webhook",             1, 2, 390, NEVER, 22 * MINUTE, 0),
    ("cms-webhook-staging",     1, 2, 388, NEVER, 140 * DAY,   0),
    ("storybook",               1, 1, 110,  55,   19 * DAY,    5),
    ("Ada's laptop",            0, 2,  75, 105,        HOUR,   2),
    ("Ole's laptop",            0, 0, 330, NEVER, 20 * HOUR,   1),
    ("Sanna's review script",   0, 1,  40, 140,    6 * DAY,    5),
    ("Jonas' export",           0, 1,  58, 122,   17 * DAY,    5),
    ("support-macros",          0, 1, 210, 155,   28 * DAY,    1),
    ("slack-bot",               0, 1, 480, NEVER,  9 * MINUTE, 0),
    ("grafana-dashboard",       0, 1, 365, NEVER, 14 * HOUR,   1),
    ("data-warehouse",          0, 1, 290,  75,   10 * HOUR,   1),
    ("billing-mails",           0, 1, 160, NEVER, 104 * DAY,   0),
    ("qa-environment",          0, 2, 130,  51,   70 * DAY,    5),
    ("load-test",               0, 2, 240,  45, NEVER,         5),
    ("old-jenkins",             0, 2, 880, NEVER, NEVER,       6),
    ("partner-preview",         1, 1,  12,  78, NEVER,         1),
    ("vr-prototype",            2, 2,   5,  25 + 60, NEVER,    5),
    ("translation-memory",      0, 2, 100, 265,    2 * HOUR,   1),
    ("glossary-sync",           0, 1, 700, NEVER,      DAY,    7),
];
