//! Applications: where each stands, and how it got there.

mod create;
mod ground;
mod list;
mod row;
pub mod stages;
mod step;

pub use create::{Created, NewApplication};
pub use list::{ApplicationFilter, ApplicationKey, ApplicationList};
pub use row::Application;
pub use step::{QUEUE_LIFE, Step};
