//! Which postings are one opening.
//!
//! A posting is reduced to its [`Print`]. Those that share a key of [`keys`] are
//! compared by [`compare()`]; a [`Link`] says that two are one opening, by which
//! rule, and on what that rests. [`partition`] makes clusters of the links, and
//! keeps apart what cannot be one opening however the links run.
//!
//! Being one opening is a claim with consequences: who applied to one posting of
//! a cluster is refused the others. So the rules are strict, and another title,
//! level, place or requisition makes another opening unless the portal itself
//! says that it is one.

mod address;
mod commons;
mod compare;
mod employer;
mod keys;
mod link;
mod partition;
mod print;
mod sketch;
mod spot;
mod title;
mod words;

pub use commons::Commons;
pub use compare::{Sighted, are_apart, compare, conflict};
pub use employer::Employer;
pub use keys::keys;
pub use link::{Link, Rule};
pub use partition::{Joint, partition, settle};
pub use print::{Print, VERSION};
pub use sketch::Sketch;
pub use spot::Spots;
pub use title::Title;
