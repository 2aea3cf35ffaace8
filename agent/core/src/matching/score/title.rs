//! Title against titles held and wanted.

mod words;
mod work;

pub(in crate::matching) use self::{words::tokens, work::Work};
use super::{Notes, Rated, Signals, along, measure, reason};
use crate::{
    job::Job,
    matching::{Evidence, EvidenceSource, Person},
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

/// The nearer of vectors `v` and words `w` counts most:
/// `value = 0.65·max(v, w) + 0.35·min(v, w)`; without vectors, `w` alone.
///
/// Words are compared after folding spellings and translations of professions
/// together, as the weighted share of common words in both titles. What a past
/// title matches is multiplied by 0.85 when the person names roles wanted. Where both
/// titles name work that is akin, the value is at least what its kinship says.
pub(super) fn rate(job: &Job, person: &Person, signals: &Signals<'_>, notes: Notes) -> Rated {
    let own = &person.titles;
    let posting = || Evidence::new(EvidenceSource::Posting, &job.title);
    let asked = tokens(&job.title);
    let by_words = own
        .iter()
        .map(|own| (own.factor * 100.0 * overlap(&asked, &own.words), own))
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    let by_vector = own
        .iter()
        .zip(signals.titles)
        .filter_map(|(own, cosine)| {
            let cosine = (*cosine).filter(|cosine| cosine.is_finite())?;
            Some((own.factor * along(COSINE, cosine), cosine, own))
        })
        .max_by(|(a, x, _), (b, y, _)| a.total_cmp(b).then(x.total_cmp(y)));
    let by_work = signals.work.and_then(|work| {
        let akin = own.iter().filter_map(|own| {
            let kinship = own.work?.kinship(work)?;
            Some((own.factor * kinship.floor(), kinship, own))
        });
        akin.max_by(|(a, ..), (b, ..)| a.total_cmp(b))
    });
    let likeness = match (by_words, by_vector) {
        (Some((words, _)), Some((vector, ..))) => {
            0.65 * words.max(vector) + 0.35 * words.min(vector)
        }
        (Some((words, _)), None) => words,
        (None, Some((vector, ..))) => vector,
        (None, None) => {
            return Rated::unknown(
                notes,
                "you named no role, and your profile no title",
                || vec![posting()],
            );
        }
    };
    let by_work = by_work.filter(|(floor, ..)| *floor > likeness);
    Rated {
        value: Some(by_work.map_or(likeness, |(floor, ..)| floor)),
        reasons: notes.of(|| {
            let mut reasons = Vec::new();
            reasons.extend(by_work.map(|(_, kinship, own)| {
                reason(
                    kinship.sentence(&own.title),
                    vec![
                        posting(),
                        Evidence::new(own.source, &own.title),
                        measure(kinship.measure()),
                    ],
                )
            }));
            if let Some((words, own)) = by_words.filter(|(words, _)| *words > 0.0) {
                reasons.push(reason(
                    format!("the title shares words with \u{201c}{}\u{201d}", own.title),
                    vec![
                        posting(),
                        Evidence::new(own.source, &own.title),
                        measure(format!("{words:.0}% of the words")),
                    ],
                ));
            }
            if let Some((_, cosine, own)) = by_vector {
                reasons.push(reason(
                    format!(
                        "the title is nearest in meaning to \u{201c}{}\u{201d}",
                        own.title
                    ),
                    vec![
                        posting(),
                        Evidence::new(own.source, &own.title),
                        measure(format!("similarity {cosine:.2}")),
                    ],
                ));
            }
            if reasons.is_empty() {
                reasons.push(reason(
                    "the title shares no word with a title of yours",
                    vec![posting(), measure("0% of the words")],
                ));
            }
            reasons
        }),
    }
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
