//! Number of people at an employer.
#![deny(clippy::indexing_slicing)]

use super::{
    fold::{Pattern, Sentence, group},
    kinds::CompanySize,
};
use crate::job::Stated;

static FIELD: Pattern = Pattern::any(&[
    r"(?P<low>\d[\d.,' ]*\d|\d)(?P<more> ?\+)?(?: ?(?:-|to|bis|a) ?(?P<high>\d[\d.,' ]*\d|\d))?",
]);
static PROSE: Pattern = Pattern::any(&[
    r"\b(?P<over>over|more than|uber|mehr als|rund|around|about|approximately|plus de|pres de|mas de|some)? ?(?P<low>\d{1,3}(?:[.,' ]\d{3})+|\d{2,6}) ?(?P<more>\+)? ?(?:\w+ )?(?:employees|mitarbeite\w*|collaborateurs|empleados|salaries)\b",
]);

/// Other people's employees, and numbers of another kind.
static OTHERS: Pattern = Pattern::any(&[
    r"\b(?:manag\w*|lead|leading|supervis\w*|support\w*|clients?|customers?|companies with|businesses with|organi[sz]ations with|team of|kunden|fuhr\w*|per)\b",
]);

/// From a field a portal keeps for it: "51-200", "10,001+".
pub(super) fn of_field(field: &str) -> Option<Stated<CompanySize>> {
    let folded = super::fold::fold(field);
    let found = FIELD.captures(&folded)?;
    let min = number(group(&found, "low")?)?;
    let is_open =
        found.name("more").is_some() || folded.contains("over") || folded.contains("more");
    let max = match group(&found, "high") {
        Some(high) => Some(number(high)?),
        None => (!is_open).then_some(min),
    };
    Some(Stated {
        value: CompanySize { min, max },
        text: field.to_owned(),
    })
}

/// From a sentence: "over 500 employees in 12 countries".
pub(super) fn of_sentence(sentence: &Sentence<'_>) -> Option<Stated<CompanySize>> {
    let folded = sentence.folded.as_str();
    if OTHERS.finds(folded) {
        return None;
    }
    let found = PROSE.captures(folded)?;
    let min = number(group(&found, "low")?)?;
    let is_open = found.name("more").is_some() || found.name("over").is_some();
    let is_year = (1900..2100).contains(&min) && !is_open;
    (!is_year).then(|| {
        sentence.states(CompanySize {
            min,
            max: (!is_open).then_some(min),
        })
    })
}

fn number(digits: &str) -> Option<u32> {
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|number| *number > 0)
}
