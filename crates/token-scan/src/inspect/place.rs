//! Where bytes come from.

use std::fmt::Display;
use std::path::Path;

use crate::hit::{Kind, shown, shown_path};

/// The place of some bytes, as long as they are searched.
#[derive(Clone, Copy)]
pub enum Place<'a> {
    /// The contents of a file.
    File(&'a Path),
    /// The name of a file, folder or link.
    Name(&'a Path),
    /// A text that is in no file.
    Text,
    /// An object of a repository.
    Object {
        /// The folder of the repository.
        repository: &'a Path,
        /// The id of the object, as text.
        id: &'a dyn Display,
        /// What kind of place this kind of object is.
        kind: Kind,
    },
    /// A file in an archive.
    Member {
        /// The archive that it is in.
        of: &'a Place<'a>,
        /// The name of the file there.
        name: &'a [u8],
    },
    /// The name of a file in an archive.
    MemberName(&'a Place<'a>),
}

impl Place<'_> {
    pub fn kind(self) -> Kind {
        match self {
            Self::File(_) => Kind::File,
            Self::Text => Kind::Text,
            Self::Name(_) | Self::MemberName(_) => Kind::Name,
            Self::Object { kind, .. } => kind,
            Self::Member { of, .. } => of.kind(),
        }
    }

    /// The file as it may be shown. That of an object is known later, if at all.
    pub fn path(self) -> String {
        match self {
            Self::File(path) | Self::Name(path) => shown_path(path),
            Self::Text | Self::Object { .. } => String::new(),
            Self::Member { of, .. } | Self::MemberName(of) => of.path(),
        }
    }

    /// The folder of the repository that has the object.
    pub fn repository(self) -> Option<String> {
        match self {
            Self::File(_) | Self::Name(_) | Self::Text => None,
            Self::Object { repository, .. } => Some(shown_path(repository)),
            Self::Member { of, .. } | Self::MemberName(of) => of.repository(),
        }
    }

    /// The member of an archive, with the archives around it but for the outermost.
    pub fn member(self) -> Option<String> {
        match self {
            Self::Member { of, name } => {
                let around = of.member().map(|outer| outer + "!/").unwrap_or_default();
                Some(around + &shown(name))
            }
            Self::MemberName(of) => of.member(),
            _ => None,
        }
    }

    /// The id of an object.
    pub fn object(self) -> Option<String> {
        match self {
            Self::Object { id, .. } => Some(id.to_string()),
            Self::Member { of, .. } | Self::MemberName(of) => of.object(),
            _ => None,
        }
    }

    /// The whole place as it may be shown.
    pub fn shown(self) -> String {
        let object = self.object().map(|id| format!(" {id}")).unwrap_or_default();
        let member = self.member().map(|name| format!("!/{name}")).unwrap_or_default();
        self.repository().unwrap_or_else(|| self.path()) + &object + &member
    }
}
