//! Pages kept to be asked for once (RFC 9111): `freshness` says how long one may
//! stand for the server's, `folder` keeps them.

mod folder;
mod freshness;

pub(super) use self::folder::{Folder, Page};
pub(super) use self::freshness::{Validators, conditions, lasts, may_keep};

#[cfg(test)]
mod tests;
