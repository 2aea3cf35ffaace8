//! Title against titles held and wanted.

mod words;

use self::words::tokens;
use super::{Rated, Signals, along, measure, reason};
use crate::{
    job::Job,
    matching::{Evidence, EvidenceSource},
    profile::{Preferences, Profile},
};

/// Cosine of two titles to 0–100, set by titles measured with the built-in
/// vectors: unlike professions lie below 0.37, those of one field at 0.45 to
/// 0.55, the same profession in other words above 0.65.
const COSINE: &[(f64, f64)] = &[
    (0.25, 0.0),
    (0.38, 10.0),
    (0.50, 42.0),
    (0.60, 65.0),
    (0.70, 82.0),
    (0.90, 100.0),
];

/// A title held in the past counts this much beside titles wanted.
const PAST: f64 = 0.85;

/// How many past titles are compared.
const POSITIONS: usize = 6;

/// The nearer of vectors `v` and words `w` counts most:
/// `value = 0.65·max(v, w) + 0.35·min(v, w)`; without vectors, `w` alone.
///
/// Words are compared after folding spellings and translations of professions
/// together, as the weighted share of common words in both titles. What a past
/// title matches is multiplied by 0.85 when the person names roles wanted.
pub(super) fn rate(job: &Job, profile: &Profile, prefs: &Preferences, signals: &Signals) -> Rated {
    let wanted = prefs.roles.iter().map(|role| Own {
        title: role,
        source: EvidenceSource::Preference,
        factor: 1.0,
    });
    let past_factor = if prefs.roles.is_empty() { 1.0 } else { PAST };
    let past = profile
        .work
        .iter()
        .take(POSITIONS)
        .map(|held| held.title.as_str())
        .chain(profile.headline.as_deref());
    let past = past.map(|title| Own {
        title,
        source: EvidenceSource::Profile,
        factor: past_factor,
    });
    let own: Vec<Own<'_>> = wanted
        .chain(past)
        .filter(|own| !own.title.trim().is_empty())
        .collect();
    let asked = tokens(&job.title);
    let by_words = own
        .iter()
        .map(|own| {
            (
                own.factor * 100.0 * overlap(&asked, &tokens(own.title)),
                own,
            )
        })
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    let by_vector = signals
        .title
        .as_ref()
        .filter(|(cosine, _)| cosine.is_finite())
        .map(|(cosine, nearest)| {
            let known = own.iter().find(|own| own.title == nearest);
            let source = known.map_or(EvidenceSource::Profile, |own| own.source);
            (
                known.map_or(1.0, |own| own.factor) * along(COSINE, *cosine),
                *cosine,
                nearest,
                source,
            )
        });
    let posting = Evidence::new(EvidenceSource::Posting, &job.title);
    let mut reasons = Vec::new();
    if let Some((words, own)) = by_words.filter(|(words, _)| *words > 0.0) {
        reasons.push(reason(
            format!("the title shares words with \u{201c}{}\u{201d}", own.title),
            vec![
                posting.clone(),
                Evidence::new(own.source, own.title),
                measure(format!("{words:.0}% of the words")),
            ],
        ));
    }
    if let Some((_, cosine, nearest, source)) = by_vector {
        reasons.push(reason(
            format!("the title is nearest in meaning to \u{201c}{nearest}\u{201d}"),
            vec![
                posting.clone(),
                Evidence::new(source, nearest),
                measure(format!("similarity {cosine:.2}")),
            ],
        ));
    }
    let value = match (
        by_words.map(|(words, _)| words),
        by_vector.map(|(value, ..)| value),
    ) {
        (Some(words), Some(vector)) => 0.65 * words.max(vector) + 0.35 * words.min(vector),
        (Some(words), None) => words,
        (None, Some(vector)) => vector,
        (None, None) => {
            return Rated::unknown(
                "you named no role, and your profile no title",
                vec![posting],
            );
        }
    };
    if reasons.is_empty() {
        reasons.push(reason(
            "the title shares no word with a title of yours",
            vec![posting, measure("0% of the words")],
        ));
    }
    Rated {
        value: Some(value),
        reasons,
    }
}

/// A title wanted or held.
struct Own<'a> {
    title: &'a str,
    source: EvidenceSource,
    factor: f64,
}

/// Weighted share of common words: twice the common weight over the sum of both.
fn overlap(a: &[(String, f64)], b: &[(String, f64)]) -> f64 {
    let weight = |tokens: &[(String, f64)]| tokens.iter().map(|(_, weight)| weight).sum::<f64>();
    let common: f64 = a
        .iter()
        .filter(|(token, _)| b.iter().any(|(other, _)| other == token))
        .map(|(_, weight)| weight)
        .sum();
    let all = weight(a) + weight(b);
    if all > 0.0 { 2.0 * common / all } else { 0.0 }
}
