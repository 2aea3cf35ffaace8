//! Reports as documents: Markdown, and one HTML file that needs nothing beside itself.
//!
//! Every word of a posting or a person passes through [`html`]'s or [`markdown`]'s own
//! escape before it is put in: what it says is text there, whatever it looks like.

mod chart;
mod html;
mod markdown;
mod page;

pub use html::html;
pub use markdown::markdown;

use super::{Demand, catalogue::Hours};

/// Percent of a share, without a part behind the point from ten on.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 10.0 {
        format!("{percent:.1}%")
    } else {
        format!("{percent:.0}%")
    }
}

/// "40–80 h".
fn hours(hours: Option<Hours>) -> String {
    hours.map_or_else(
        || "not known".to_owned(),
        |hours| format!("{}–{} h", hours.least, hours.most),
    )
}

/// "14 of 30 jobs: 9 must, 3 named, 2 nice".
fn needs(demand: &Demand) -> String {
    format!(
        "{} must, {} named, {} nice",
        demand.required, demand.named, demand.optional
    )
}

/// A score without a part behind the point, or with one where it is near the line.
fn score(score: f64) -> String {
    format!("{score:.1}")
}

/// How the numbers came about.
const METHOD: [&str; 4] = [
    "A job counts by how well it fits you without its skills: from a fit of 40, where it weighs nothing, to 100, where it weighs 1. A job that fails one of your limits weighs nothing.",
    "Demand is the share of that weight whose jobs name the skill.",
    "What a skill unlocks is counted, not estimated: your profile is read again with the skill in its list, and every job that could change is judged again by the judge that ranks your list. The vectors of your texts stay as they are.",
    "One opening counts once, on however many boards it stands. Personal traits and words that no list of skills knows are left out.",
];

#[cfg(test)]
mod tests;
