//! Clones of every kind: each token that one has is found in it, and one that lacks something is told to.

use token_scan::{Fault, Outcome};

use crate::coverage::{Places, fill_history};
use crate::maker::{Made, Maker};
use crate::scanned;

/// What a clone has of what lies in the history of its origin.
struct Kind {
    name: &'static str,
    /// The tokens that it does not have, as Git's own output shows.
    lacks: &'static [&'static str],
    is_complete: bool,
}

const KINDS: [Kind; 6] = [
    Kind { name: "ordinary", lacks: &[], is_complete: true },
    Kind { name: "mirror", lacks: &[], is_complete: true },
    Kind { name: "linked", lacks: &[], is_complete: true },
    // With the clone in `.git/modules`.
    Kind { name: "outer", lacks: &[], is_complete: true },
    // The last commit and its files.
    Kind {
        name: "shallow",
        lacks: &[
            "Base64",
            "commit message",
            "gz",
            "note",
            "path name",
            "tag message",
            "tail of a binary",
            "zip",
        ],
        is_complete: false,
    },
    // Commits, tags and folders, and no version of a file.
    Kind {
        name: "partial",
        lacks: &[
            "Base64",
            "UTF-16 BE file",
            "UTF-16 file",
            "Windows-1252",
            "gz",
            "note",
            "notebook",
            "tail of a binary",
            "zip",
        ],
        is_complete: false,
    },
];

fn clone_in_every_way(maker: &Maker, origin: &Made) {
    let notes =
        |made: &Made| drop(made.git(&["fetch", "--quiet", "origin", "refs/notes/*:refs/notes/*"]));
    let url = format!("file://{}", origin.path.display());
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    maker.git(&["clone", "--quiet", &url, "ordinary"]);
    notes(&maker.at("ordinary"));
    maker.git(&["clone", "--quiet", "--mirror", &url, "mirror"]);
    maker.at("mirror").git(&["worktree", "add", "--quiet", "../linked", "main"]);
    let outer = maker.repository("outer", &[]);
    outer.git(&["submodule", "--quiet", "add", &url, "sub"]);
    notes(&maker.at("outer/sub"));
    maker.git(&["clone", "--quiet", "--depth=1", &url, "shallow"]);
    maker.git(&["clone", "--quiet", "--filter=blob:none", "--no-checkout", &url, "partial"]);
}

#[test]
fn each_kind_of_clone_is_searched_to_what_it_has() {
    let (maker, mut places) = (Maker::new(), Places::new(81));
    let origin = maker.repository("origin", &[]);
    fill_history(&origin, &mut places);
    clone_in_every_way(&maker, &origin);
    for Kind { name, lacks, is_complete } in KINDS {
        let report = scanned(&maker.root().join(name));
        let missed = places.missed(&report);
        let (all, not_fetched) =
            (places.all.len(), report.ledger.all_unread().get(&Fault::NotFetched));
        println!(
            "{name:<9} {} of {all}, not fetched: {}",
            all - missed.len(),
            not_fetched.map_or(0, |it| it.tally.count)
        );
        assert_eq!(missed, lacks, "{name}");
        assert_eq!(report.ledger.complete().is_some(), is_complete, "{name}: {:?}", report.ledger);
        assert_eq!(not_fetched.is_none(), is_complete, "{name}");
        assert!(!matches!(report.outcome(), Outcome::NothingFound(_)), "{name}");
    }
}
