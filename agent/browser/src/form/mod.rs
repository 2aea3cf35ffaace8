//! Forms in a real page: reading, filling, and saying what they are.

pub(crate) mod fill;
pub(crate) mod load;
pub(crate) mod page;
pub(crate) mod raw;
pub(crate) mod read;
pub(crate) mod snapshot;
