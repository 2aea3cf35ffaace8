//! The names a filter may use, and what each of them takes.

use super::{Flag, Moment, PartOf, Problem, WordsOf, fault::nearest};
use crate::{job::WorkplaceKind, matching::Outcome, text};

/// What stands before a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Score,
    Pay,
    When(Moment),
    Level,
    Words(WordsOf),
    Part(PartOf),
    Country,
    Language,
    Skill,
    Workplace,
    Outcome,
}

/// What stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alone {
    Workplace(WorkplaceKind),
    Outcome(Outcome),
    Flag(Flag),
}

/// A known name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Field(&'static str, Field),
    Alone(Alone),
}

/// Names with a value after them; the first of a line is the one that messages use.
const FIELDS: &[(&[&str], Field)] = &[
    (&["score"], Field::Score),
    (&["pay", "salary"], Field::Pay),
    (&["posted"], Field::When(Moment::Posted)),
    (&["seen", "first-seen"], Field::When(Moment::Seen)),
    (&["closes"], Field::When(Moment::Closes)),
    (&["level"], Field::Level),
    (&["title"], Field::Words(WordsOf::Title)),
    (&["company", "employer"], Field::Words(WordsOf::Company)),
    (&["text", "words"], Field::Words(WordsOf::Everything)),
    (&["place", "city", "location"], Field::Part(PartOf::Place)),
    (&["source", "board"], Field::Part(PartOf::Source)),
    (&["employment", "contract"], Field::Part(PartOf::Employment)),
    (&["industry"], Field::Part(PartOf::Industry)),
    (&["department", "team"], Field::Part(PartOf::Department)),
    (&["country"], Field::Country),
    (&["language", "lang"], Field::Language),
    (&["skill"], Field::Skill),
    (&["workplace"], Field::Workplace),
    (&["outcome"], Field::Outcome),
];

const ALONE: &[(&[&str], Alone)] = &[
    (&["remote"], Alone::Workplace(WorkplaceKind::Remote)),
    (&["hybrid"], Alone::Workplace(WorkplaceKind::Hybrid)),
    (
        &["onsite", "on-site"],
        Alone::Workplace(WorkplaceKind::OnSite),
    ),
    (&["open"], Alone::Flag(Flag::Open)),
    (&["closed"], Alone::Flag(Flag::Closed)),
    (&["new"], Alone::Flag(Flag::New)),
    (&["pass"], Alone::Outcome(Outcome::Pass)),
    (&["ask"], Alone::Outcome(Outcome::Ask)),
    (&["fail"], Alone::Outcome(Outcome::Fail)),
    (&["agency"], Alone::Flag(Flag::Agency)),
    (&["liked"], Alone::Flag(Flag::Liked)),
    (&["hidden"], Alone::Flag(Flag::Hidden)),
    (&["applied"], Alone::Flag(Flag::Applied)),
    (&["watched"], Alone::Flag(Flag::Watched)),
];

/// The field or state of this name; `before_sign` says which of the two is meant.
pub(super) fn named(given: &str, before_sign: bool) -> Result<Name, Problem> {
    let typed = given.to_lowercase().replace('_', "-");
    let field = FIELDS
        .iter()
        .find(|(names, _)| names.contains(&typed.as_str()));
    let alone = ALONE
        .iter()
        .find(|(names, _)| names.contains(&typed.as_str()));
    match (field, alone) {
        (Some((names, field)), _) => Ok(Name::Field(names.first().unwrap_or(&""), *field)),
        (None, Some((_, alone))) => Ok(Name::Alone(*alone)),
        (None, None) => {
            let firsts = |all: &[&'static str]| all.first().copied();
            let fields = FIELDS.iter().filter_map(|(names, _)| firsts(names));
            let states = ALONE.iter().filter_map(|(names, _)| firsts(names));
            let known: Vec<&str> = if before_sign {
                fields.clone().collect()
            } else {
                states.clone().chain(fields.clone()).collect()
            };
            let every = FIELDS.iter().flat_map(|(names, _)| names.iter().copied());
            let every = every.chain(ALONE.iter().flat_map(|(names, _)| names.iter().copied()));
            Err(Problem::UnknownName {
                given: text::quote(given, 40),
                nearest: nearest(&typed, every),
                known: known.join(", "),
            })
        }
    }
}

impl Field {
    /// The signs it takes, in words.
    pub(super) fn signs(self) -> &'static str {
        match self {
            Self::Score | Self::Pay | Self::When(_) | Self::Level => "< <= = != >= >",
            Self::Words(_)
            | Self::Part(_)
            | Self::Country
            | Self::Language
            | Self::Skill
            | Self::Workplace
            | Self::Outcome => ": = !=",
        }
    }

    /// Whether its values have an order.
    pub(super) fn is_ordered(self) -> bool {
        match self {
            Self::Score | Self::Pay | Self::When(_) | Self::Level => true,
            Self::Words(_)
            | Self::Part(_)
            | Self::Country
            | Self::Language
            | Self::Skill
            | Self::Workplace
            | Self::Outcome => false,
        }
    }
}
