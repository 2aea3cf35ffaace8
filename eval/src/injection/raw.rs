//! Characters that a terminal acts on, in what is shown of a job.

use agent_core::{
    job::Job,
    matching::{Evidence, Found, Reason, Verdict},
};

/// Number of texts shown of a job that hold such a character.
pub(super) fn count(job: &Job, found: &Found, verdict: &Verdict) -> usize {
    let mut shown: Vec<&str> = vec![&job.title, &job.company, &job.external_id, &job.url];
    shown.extend(job.places.iter().map(|place| place.text.as_str()));
    shown.extend(job.employment.as_deref());
    shown.extend(
        [&job.department, &job.team, &job.industry]
            .into_iter()
            .flatten()
            .map(String::as_str),
    );
    shown.push(&job.workplace.text);
    shown.extend(job.description.lines());
    shown.extend(found.skills.iter().map(|skill| skill.evidence.as_str()));
    let checks = verdict.checks.iter().map(|check| &check.reason);
    let parts = verdict.score.parts.iter().flat_map(|part| &part.reasons);
    for Reason { text, evidence } in checks.chain(parts) {
        shown.push(text);
        shown.extend(evidence.iter().map(|Evidence { quote, .. }| quote.as_str()));
    }
    shown
        .into_iter()
        .filter(|text| text.chars().any(is_raw))
        .count()
}

/// Whether a character moves the cursor, changes colours, or the order or look
/// of other text.
fn is_raw(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' // invisible marks
            | '\u{2028}'..='\u{202e}' // separators, embedding and override of direction
            | '\u{2066}'..='\u{206f}' // isolates, deprecated controls
            | '\u{fff9}'..='\u{fffb}' // interlinear annotation
            | '\u{e0000}'..='\u{e0fff}' // tags
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_acts_on_is_raw_and_words_are_not() {
        for text in [
            "\u{1b}[2J",
            "a\u{7}",
            "\u{9b}31m",
            "a\u{202e}b",
            "a\u{2066}b",
            "\u{e0041}",
        ] {
            assert!(text.chars().any(is_raw), "{text:?}");
        }
        for text in ["Zürich – 3 days", "看護師", "👩‍🔬", "مرحبا"] {
            assert!(!text.chars().any(is_raw), "{text:?}");
        }
    }
}
