//! Hours of a week.
#![deny(clippy::indexing_slicing)]

use super::{
    fold::{Pattern, Sentence, group},
    kinds::Hours,
};
use crate::job::Stated;

static HOURS: Pattern = Pattern::any(&[
    r"\b(?P<low>\d{1,2}(?:[.,]\d)?)(?: ?(?:h|hours?|hrs?|stunden|std\.?))?(?: ?(?:-|to|bis|a|und|or|oder|/) ?(?P<high>\d{1,2}(?:[.,]\d)?))?[ -]?(?:hours?|hrs?|stunden|std\.?|h|heures|horas)(?: |-|/|\.)*(?:of work )?(?:per|a|an|each|/|pro|in der|die|par|por|la|a la|weekly)? ?(?:week|wk|weekly|woche|semaine|semana|hebdo\w*|semanales)\b",
]);
static COMPOUND: Pattern = Pattern::any(&[
    r"\b(?P<low>\d{1,2}(?:[.,]\d)?)(?: ?(?:-|bis) ?(?P<high>\d{1,2}(?:[.,]\d)?))? ?(?:wochenstunden|std\.?/woche|h/woche|h/semaine|-stunden-woche|h/week)",
    r"\b(?:weekly hours|hours per week|wochenarbeitszeit|wochenstunden|arbeitszeit|horas semanales)\b ?(?::|-|von|of)? ?(?P<low2>\d{1,2}(?:[.,]\d)?)(?: ?(?:-|bis|to) ?(?P<high2>\d{1,2}(?:[.,]\d)?))?\b",
]);

/// What is no time of work at the employer: "up to 5 hours of travel a week".
static OTHER: Pattern = Pattern::any(&[
    r"\b(?:travel\w*|learning|overlap\w*|24 hours|volunteer\w*|homeoffice|training|save[sd]?|saving)\b",
]);

pub(super) fn of_sentence(sentence: &Sentence<'_>) -> Option<Stated<Hours>> {
    let folded = sentence.folded.as_str();
    if OTHER.finds(folded) {
        return None;
    }
    let found = HOURS
        .captures(folded)
        .or_else(|| COMPOUND.captures(folded))?;
    let read = |name: &str| {
        let digits = group(&found, name)?.replace(',', ".");
        digits.parse::<f64>().ok()
    };
    let low = read("low").or_else(|| read_second(&found, "low2"))?;
    let high = read("high")
        .or_else(|| read_second(&found, "high2"))
        .unwrap_or(low);
    let is_week = (4.0..=60.0).contains(&low) && (low..=60.0).contains(&high);
    is_week.then(|| {
        sentence.states(Hours {
            min: low,
            max: high,
        })
    })
}

fn read_second(found: &regex::bytes::Captures<'_>, name: &str) -> Option<f64> {
    group(found, name)?.replace(',', ".").parse().ok()
}
