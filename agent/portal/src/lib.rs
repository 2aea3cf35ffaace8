//! Portals as sandboxed components: the host that runs them in a limited child
//! process, what each was granted, and the two things that answer their
//! fetches, the broker and a recording.
#![deny(missing_docs)]

pub mod broker;
pub mod fetch;
pub mod grant;
pub mod har;
