//! Whether a record is about the same token, since an id may be reused.

use token_audit::Date;

use crate::model::time::dates::Stamp;

/// What distinguishes a token from another one that gets its id later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its name, as the server gave it.
    pub name: String,
    /// When it was created, to the second.
    pub created: Date,
}

/// How a record compares with the known token of the same id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// Its name and creation date are the known ones.
    Same,
    /// It has the name that was known, and no longer a creation date that can be read.
    Undated,
    /// Either its name or its creation date is another one.
    Doubtful,
    /// Its name and its creation date are other ones, so it is another token.
    Other,
}

impl Identity {
    /// Whether a record with this name and this creation date may be of the same token. Without both
    /// creation dates, the name decides.
    pub(crate) fn may_be(&self, name: &str, created: Date) -> bool {
        let dated = self.created.at().is_some() && created.at().is_some();
        match self.compare(name, created) {
            Likeness::Other => false,
            Likeness::Doubtful => dated,
            Likeness::Same | Likeness::Undated => true,
        }
    }

    /// Compares a record that has this name and this creation date with what was known.
    #[must_use]
    pub fn compare(&self, name: &str, created: Date) -> Likeness {
        let (known, now) = (Stamp::from(self.created), Stamp::from(created));
        let same_name = self.name == name;
        match (known.seconds(), now.seconds()) {
            (Some(known), Some(now)) if known != now && !same_name => Likeness::Other,
            (Some(known), Some(now)) if known != now => Likeness::Doubtful,
            _ if !same_name => Likeness::Doubtful,
            (Some(_), None) => Likeness::Undated,
            _ => Likeness::Same,
        }
    }
}
