//! The rows, a file for each group.

mod addresses;
mod compile;
mod cpu;
mod flood;
mod imports;
mod injection;
mod malformed;
mod memory;
mod redirects;
mod responses;
mod stack;

use crate::attack::Attack;

pub(crate) fn all() -> Vec<Attack> {
    [
        cpu::attacks(),
        memory::attacks(),
        stack::attacks(),
        compile::attacks(),
        malformed::attacks(),
        imports::attacks(),
        flood::attacks(),
        addresses::attacks(),
        redirects::attacks(),
        responses::attacks(),
        injection::attacks(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
