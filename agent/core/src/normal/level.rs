//! Level of a position from its title or a stated level.

use crate::job::{Level, Stated};

/// Level that `title` names, with the words that name it.
pub fn of_title(title: &str) -> Option<Stated<Level>> {
    let _ = title;
    None
}

/// Level that a portal's own field or a contract names.
pub fn of_stated(stated: &str) -> Option<Stated<Level>> {
    of_title(stated)
}
