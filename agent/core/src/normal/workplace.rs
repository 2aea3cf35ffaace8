//! Workplace and remote scope.

use crate::job::Workplace;

/// Workplace from the portal's own field, its locations, the title and, last,
/// sentences of the description.
pub fn of(stated: Option<&str>, locations: &[String], title: &str, description: &str) -> Workplace {
    let _ = (stated, locations, title, description);
    Workplace::default()
}
