//! Saving a value to a private file: where, for whom, and never where git would commit it.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use token_desk::{Delivered, DeliveryError, Error, FileError, FileRequest};

use crate::support::case::Case;
use crate::support::{alone, now};

impl Case {
    fn path(&self, name: &str) -> PathBuf {
        // A folder for temporary files may be a link itself.
        fs::canonicalize(self.folder.path()).unwrap().join(name)
    }

    async fn save(&self, path: impl AsRef<Path>, replace: bool) -> Result<Delivered, Error> {
        let path = path.as_ref().to_str().unwrap().to_owned();
        let request = FileRequest { path, home: Some(self.path("")), replace };
        self.bench.desk.save_secret(self.created.handle, request, now()).await
    }

    async fn not_saved(&self, path: impl AsRef<Path>, replace: bool) -> DeliveryError {
        let before = names(self.folder.path());
        let error = self.refusal(self.save(path, replace).await);
        assert_eq!(names(self.folder.path()), before, "nothing is left behind");
        assert!(self.is_held().await, "the value is still held");
        error
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.arg("-C").arg(self.folder.path()).args(["-c", "user.name=a", "-c", "user.email=a@b.c"]);
        assert!(git.args(arguments).output().unwrap().status.success(), "{arguments:?}");
    }
}

fn names(folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    names
}

#[test]
fn the_file_holds_the_value_for_its_owner_only() {
    alone(async {
        let case = Case::new().await;
        let saved = case.save(" ~/token ", false).await.unwrap();
        assert_eq!((&*saved.to, saved.at), ("file ~/token", now()));
        let file = case.path("token");
        assert_eq!(fs::read_to_string(&file).unwrap(), format!("{}\n", case.value));
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(names(case.folder.path()), [file]);
        case.bench.desk.close_secret(case.created.handle, false, now()).await.unwrap();
    });
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_told_to() {
    alone(async {
        let case = Case::new().await;
        let file = case.path("token");
        fs::write(&file, "of somebody").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();
        let before = fs::metadata(&file).unwrap().ino();
        assert!(
            matches!(case.not_saved(&file, false).await, DeliveryError::File(FileError::Exists(it)) if it == file)
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), "of somebody");
        case.save(&file, true).await.unwrap();
        let after = fs::metadata(&file).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), format!("{}\n", case.value));
        assert_eq!(after.permissions().mode() & 0o777, 0o600);
        assert_ne!(after.ino(), before, "who had it open reads on in the old one");
    });
}

#[test]
fn a_path_that_cannot_be_meant_is_refused() {
    alone(async {
        let case = Case::new().await;
        fs::create_dir(case.path("folder")).unwrap();
        symlink(case.path("elsewhere"), case.path("link")).unwrap();
        for typed in ["", "token", "./token", "~", "~other/token", "/", "~/", "~/folder/"] {
            let error = case.not_saved(typed, true).await;
            assert!(matches!(error, DeliveryError::File(FileError::NoPath)), "{typed}: {error}");
        }
        for name in ["folder", "link"] {
            let error = case.not_saved(case.path(name), true).await;
            assert!(
                matches!(error, DeliveryError::File(FileError::NotPlain(_))),
                "{name}: {error}"
            );
        }
        assert!(matches!(
            case.not_saved("/dev/null", true).await,
            DeliveryError::File(FileError::NotPlain(_))
        ));
        let error = case.not_saved("~/nowhere/token", false).await;
        assert!(matches!(error, DeliveryError::File(FileError::Folder { .. })), "{error}");
        let error = case.not_saved(case.path(&case.value), false).await;
        assert!(matches!(error, DeliveryError::HoldsValue), "{error}");
        assert!(!error.to_string().contains(&case.value));
    });
}

#[test]
fn git_never_gets_to_commit_it() {
    alone(async {
        let case = Case::new().await;
        case.git(&["init", "--quiet"]);
        fs::create_dir_all(case.path("deep/secret")).unwrap();
        fs::write(case.path(".gitignore"), "secret/\n*.token\n").unwrap();
        let outside = tempfile::tempdir().unwrap();
        symlink(case.path("deep"), outside.path().join("deep")).unwrap();
        let through_link = outside.path().join("deep/token");
        let tree = case.path("").parent().unwrap().join(case.folder.path().file_name().unwrap());
        // A file that is ignored today may not be ignored tomorrow.
        for name in
            ["token", "deep/token", ":(top)x", "new.token", "deep/secret/token", ".git/token"]
        {
            let error = case.not_saved(case.path(name), false).await;
            let DeliveryError::Tracked { tree: found, .. } = &error else {
                panic!("{name}: {error}")
            };
            assert_eq!(*found, tree);
            assert!(error.to_string().contains("Choose another folder"), "{error}");
        }
        let error = case.not_saved(&through_link, false).await;
        assert!(matches!(error, DeliveryError::Tracked { .. }), "{error}");
    });
}

#[test]
fn a_folder_that_others_can_write_to_is_told() {
    alone(async {
        let case = Case::new().await;
        for (mode, told) in [(0o777, true), (0o1777, false), (0o775, false)] {
            fs::set_permissions(case.folder.path(), fs::Permissions::from_mode(mode)).unwrap();
            let saved = case.save("~/token", true).await.unwrap();
            assert_eq!(saved.said.contains("Other users can write"), told, "{mode:o}");
        }
    });
}
