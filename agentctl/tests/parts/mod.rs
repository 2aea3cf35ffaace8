//! What the stories of a review are made of.

pub(crate) mod fake;
pub(crate) mod terminal;
