//! What is set for the whole app: it holds at once and after a restart, and whatever is in its file, the app starts.

use std::fs;

use token_desk::{Code, Density, Desk, Setting, Settings, Theme, Zone};

use crate::support::{Bench, alone};

/// One of each kind that differs from its default.
const CHANGES: [Setting; 7] = [
    Setting::Theme(Theme::Dark),
    Setting::Density(Density::Compact),
    Setting::TextSize(125),
    Setting::Zone(Zone::Utc),
    Setting::ClearClipboard(60),
    Setting::Countdown(10),
    Setting::SingleKeys(false),
];

/// What this desk says of its settings' file.
fn said(desk: &Desk) -> Option<String> {
    let problems = desk.status().problems;
    let told = desk.settings_problem();
    assert_eq!(problems.into_iter().find(|it| Some(it) == told.as_ref()), told);
    told.map(|it| {
        assert_eq!(it.code, Code::Settings, "nothing that a refresh mends");
        it.message
    })
}

#[test]
fn each_holds_at_once_and_after_a_restart_and_can_be_reset() {
    alone(async {
        let bench = Bench::new().await;
        for setting in CHANGES {
            let usual = Settings::default();
            let changed = usual.clone().changed(setting);
            assert_ne!(changed, usual);
            bench.desk.set(&[setting]).unwrap();
            assert_eq!(bench.desk.settings(), changed, "at once");
            bench.desk.keep_settings().await.unwrap();
            assert_eq!(bench.reopened().settings(), changed, "after a restart");
            bench.desk.set(&usual.all()).unwrap();
            bench.desk.keep_settings().await.unwrap();
            assert_eq!(bench.reopened().settings(), usual, "once it was reset");
        }
        bench.desk.set(&CHANGES).unwrap();
        bench.desk.keep_settings().await.unwrap();
        assert_eq!(bench.reopened().settings().all(), CHANGES);
    });
}

#[test]
fn what_is_out_of_range_is_refused_and_changes_nothing() {
    alone(async {
        let bench = Bench::new().await;
        for setting in [
            Setting::TextSize(79),
            Setting::TextSize(201),
            Setting::ClearClipboard(9),
            Setting::ClearClipboard(121),
            Setting::Countdown(11),
        ] {
            let refused = bench.desk.set(&[Setting::Theme(Theme::Dark), setting]).unwrap_err();
            assert_eq!(refused.code(), Code::Invalid);
            assert!(refused.to_string().ends_with("Nothing was changed."), "{refused}");
            assert_eq!(bench.desk.settings(), Settings::default());
        }
    });
}

#[test]
fn a_file_that_was_edited_or_damaged_is_told_and_replaced_by_the_next_change() {
    alone(async {
        let bench = Bench::new().await;
        let file = bench.folder.path().join("settings.json");
        assert_eq!(said(&bench.desk), None, "there is none");
        for (text, names) in [
            (r#"{"theme":"pink","countdown":3}"#, "theme"),
            ("not json", "all of them"),
            ("", "all of them"),
        ] {
            fs::write(&file, text).unwrap();
            let desk = bench.reopened();
            let said_of_it = said(&desk).unwrap();
            assert!(said_of_it.contains(&format!("at their defaults: {names}.")), "{said_of_it}");
            assert_eq!(desk.settings().theme, Theme::System);
            desk.set(&[Setting::SingleKeys(false)]).unwrap();
            desk.keep_settings().await.unwrap();
            assert_eq!(said(&desk), None);
            let copy = bench.folder.path().join("settings-unreadable.json");
            assert_eq!(fs::read_to_string(copy).unwrap(), text, "nobody's own file is lost");
            assert_eq!(said(&bench.reopened()), None);
            assert!(!bench.reopened().settings().single_keys);
        }
        // A folder in its place can't be replaced either: it is told, and the change still holds.
        fs::remove_file(&file).unwrap();
        fs::create_dir_all(file.join("in the way")).unwrap();
        let desk = bench.reopened();
        assert!(said(&desk).is_some());
        desk.set(&[Setting::Theme(Theme::Light)]).unwrap();
        let told = desk.keep_settings().await.unwrap_err().to_string();
        assert!(told.contains("settings.json"), "{told}");
        assert_eq!(desk.settings().theme, Theme::Light);
    });
}
