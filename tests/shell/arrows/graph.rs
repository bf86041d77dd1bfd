//! Which file of a crate uses which.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::uses::{Kind, names, paths};
use crate::root;

/// A path of modules, from the crate's root on.
type Module = Vec<String>;

/// Files that only test a crate, or build it.
const NOT_ITS_OWN: [&str; 2] = ["tests.rs", "build.rs"];

/// The files of a crate, without those that only test it, and what each uses.
pub struct Graph {
    arrows: BTreeMap<String, BTreeSet<String>>,
}

/// The module of the crate's root that a file belongs to: `jobs` for `jobs/create/mod.rs`.
pub fn module(file: &str) -> &str {
    file.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

impl Graph {
    pub fn of(folder: &str) -> Self {
        let mut crate_ = Crate::default();
        crate_.read(&root().join(folder), &mut Vec::new());
        let arrows = crate_.files.iter().map(|(module, Source { file, paths, .. })| {
            let used = paths.iter().filter_map(|(_, path)| crate_.file(module, path));
            (file.clone(), used.filter(|it| it != file).collect())
        });
        Self { arrows: arrows.collect() }
    }

    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.arrows.keys().map(String::as_str)
    }

    /// A file, and one that it uses.
    pub fn arrows(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.arrows.iter();
        all.flat_map(|(file, used)| used.iter().map(|it| (file.as_str(), it.as_str())))
    }

    /// Each folder with the number of its files.
    pub fn folders(&self) -> BTreeMap<&str, usize> {
        let mut folders = BTreeMap::new();
        for file in self.files() {
            *folders.entry(folder(file)).or_default() += 1;
        }
        folders
    }

    /// Pairs of files in different folders that use each other, if only by way of others.
    pub fn circles(&self) -> Vec<(&str, &str)> {
        let reached: BTreeMap<_, _> = self.files().map(|file| (file, self.reached(file))).collect();
        let pairs = reached.iter().flat_map(|(&file, to)| to.iter().map(move |&it| (file, it)));
        let back =
            |(file, it): &(&str, &str)| folder(file) < folder(it) && reached[it].contains(file);
        pairs.filter(back).collect()
    }

    fn reached<'a>(&'a self, file: &'a str) -> BTreeSet<&'a str> {
        let mut reached = BTreeSet::new();
        let mut next = vec![file];
        while let Some(file) = next.pop() {
            let used = self.arrows[file].iter().map(String::as_str);
            next.extend(used.filter(|it| reached.insert(*it)));
        }
        reached
    }
}

fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

struct Source {
    /// Its path in the crate's folder.
    file: String,
    paths: Vec<(Kind, Module)>,
    /// The names that it gives to what is defined in it.
    names: BTreeSet<String>,
}

#[derive(Default)]
struct Crate {
    files: BTreeMap<Module, Source>,
}

impl Crate {
    fn read(&mut self, folder: &Path, inside: &mut Module) {
        for entry in fs::read_dir(folder).expect("a folder of a crate") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" {
                inside.push(name);
                self.read(&path, inside);
                inside.pop();
            } else if path.extension().is_some_and(|it| it == "rs")
                && !NOT_ITS_OWN.contains(&&*name)
            {
                let own = match name.trim_end_matches(".rs") {
                    "mod" | "lib" => inside.clone(),
                    own => [inside.as_slice(), &[own.to_owned()]].concat(),
                };
                let file = [inside.as_slice(), &[name]].concat().join("/");
                let text = fs::read_to_string(&path).expect("a source file");
                let (paths, names) = (paths(&text), names(&text));
                self.files.insert(own, Source { file, paths, names });
            }
        }
    }

    /// The file that a path in a module leads to, if it is one of this crate.
    fn file(&self, module: &[String], path: &[String]) -> Option<String> {
        let mut whole = self.absolute(module, path)?;
        // No name is passed on more often than this.
        for _ in 0..8 {
            let Some(further) = self.passed_on(&whole, &[Kind::Used, Kind::PassedOn]) else {
                break;
            };
            whole = further;
        }
        Some(self.files[self.split(&whole).0].file.clone())
    }

    /// Where a path leads if its module takes what it names from elsewhere, in one of these ways.
    fn passed_on(&self, path: &[String], ways: &[Kind]) -> Option<Module> {
        let (end, rest) = self.split(path);
        let (name, rest) = rest.split_first()?;
        let own = &self.files[end];
        if own.names.contains(name) {
            return None;
        }
        let taken = own.paths.iter().filter(|(kind, _)| ways.contains(kind));
        let taken = taken.filter_map(|(_, it)| self.absolute(end, it));
        let from = taken.filter_map(|it| self.named(it, name)).find(|it| it != path)?;
        Some([from.as_slice(), rest].concat())
    }

    /// What a path that is taken over, by name or with all that is in its module, says of a name.
    fn named(&self, mut path: Module, name: &String) -> Option<Module> {
        match path.last() {
            Some(last) if last == name => Some(path),
            Some(last) if last == "*" => {
                path.pop();
                let here = self.files.get(&path)?.names.contains(name);
                path.push(name.clone());
                if here { Some(path) } else { self.passed_on(&path, &[Kind::PassedOn]) }
            }
            _ => None,
        }
    }

    /// The longest part of a path that is a file, and what it names in there.
    fn split<'a>(&self, path: &'a [String]) -> (&'a [String], &'a [String]) {
        let ends = (0..=path.len()).rev().map(|end| path.split_at(end));
        ends.into_iter().find(|(module, _)| self.files.contains_key(*module)).expect("a root")
    }

    /// A path from the crate's root on; `None` for one of another crate.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        let up = &module[..module.len().saturating_sub(1)];
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([module, rest].concat()),
            "super" if rest.first().is_some_and(|it| it == "super") => self.absolute(up, rest),
            "super" => Some([up, rest].concat()),
            _ => {
                let child = [module, std::slice::from_ref(first)].concat();
                self.files.contains_key(&child).then(|| [module, path].concat())
            }
        }
    }
}
