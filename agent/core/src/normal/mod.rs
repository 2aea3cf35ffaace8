//! Stated text to facts: pay, place, workplace, level, dates.

pub mod date;
pub mod level;
pub mod pay;
pub mod place;
pub mod workplace;
