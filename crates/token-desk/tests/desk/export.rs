//! A copy of everything that the app keeps.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use test_support::scan::{all_files, forms, found_in, planted};
use token_desk::{Desk, Notes, Setting};

use crate::found::leaked;
use crate::support::{Bench, FIRST, alone, key, now, says};

#[test]
fn everything_but_what_is_secret_is_copied_and_can_be_opened() {
    alone(async {
        let bench = Bench::loaded().await;
        let (id, value) = leaked(&bench, "exported").await;
        bench.desk.sync(FIRST, now()).await;
        let notes = Notes { place: "the shop".to_owned(), note: String::new() };
        bench.desk.write_notes(key(&id), &notes).await.unwrap();
        bench.desk.set(&[Setting::Countdown(10)]).unwrap();
        bench.desk.keep_settings().await.unwrap();
        let (from, into) = (bench.folder.path().to_owned(), tempfile::tempdir().unwrap());
        let export = || bench.desk.export_data(from.clone(), into.path().to_owned(), now());
        let made = export().await.unwrap();
        assert_eq!(made.file_name().unwrap().len(), "entri-tokens-2026-12-01".len());
        let rights = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(rights(made.clone()), 0o700);
        assert!(fs::read_dir(&made).unwrap().all(|it| rights(it.unwrap().path()) == 0o600));
        let copy = Desk::open(&made, now()).unwrap();
        assert_eq!(copy.settings(), bench.desk.settings());
        assert_eq!(says(&copy).await, says(&bench.desk).await, "the journal");
        let kept = copy.details(&key(&id), now()).unwrap();
        assert_eq!((&*kept.name, kept.notes), ("exported", notes));
        drop(copy);
        let middle = &value.expose()[6..value.expose().len() - 4];
        assert_eq!(found_in(&all_files(&made), middle), [""; 0]);
        // The control: the same search finds it in every form.
        fs::write(made.join("planted"), planted(middle)).unwrap();
        assert_eq!(found_in(&all_files(&made), middle).len(), forms(middle).len());
        let again = export().await.unwrap();
        assert!(again.ends_with(format!("{} (2)", made.file_name().unwrap().display())));
    });
}

#[test]
fn where_something_cannot_be_copied_nothing_is_left() {
    alone(async {
        let bench = Bench::loaded().await;
        let (from, into) = (bench.folder.path().to_owned(), tempfile::tempdir().unwrap());
        fs::write(from.join("broken.db"), "this is no database, but it is long enough").unwrap();
        let error = bench.desk.export_data(from, into.path().to_owned(), now()).await.unwrap_err();
        assert!(error.to_string().starts_with("Nothing was exported: "), "{error}");
        assert_eq!(fs::read_dir(into.path()).unwrap().count(), 0);
    });
}
