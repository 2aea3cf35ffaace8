//! A filter in plain words, so that a person sees how it was understood.

use std::fmt::{self, Display, Formatter};

use super::{Compare, Filter, Flag, Moment, PartOf, Test, When, WordsOf};
use crate::{
    job::{Level, WorkplaceKind},
    matching::Outcome,
};

impl Display for Filter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(parts) => joined(parts, " and ", f),
            Self::Any(parts) => joined(parts, " or ", f),
            Self::Not(part) => match part.as_ref() {
                Self::Is(_) | Self::Not(_) => write!(f, "not {part}"),
                Self::All(_) | Self::Any(_) => write!(f, "not ({part})"),
            },
            Self::Is(test) => test.fmt(f),
        }
    }
}

fn joined(parts: &[Filter], word: &str, f: &mut Formatter<'_>) -> fmt::Result {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            f.write_str(word)?;
        }
        match part {
            Filter::Is(_) | Filter::Not(_) => part.fmt(f)?,
            Filter::All(_) | Filter::Any(_) => write!(f, "({part})")?,
        }
    }
    Ok(())
}

impl Display for Test {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Score(compare, number) => write!(f, "score {} {number}", numeric(*compare)),
            Self::Pay {
                compare,
                amount,
                currency,
            } => {
                write!(f, "pay {} {amount}", numeric(*compare))?;
                match currency {
                    Some(code) => write!(f, " {code} a year"),
                    None => f.write_str(" a year"),
                }
            }
            Self::When(moment, compare, when) => moment_words(*moment, *compare, *when, f),
            Self::Level(compare, level) => {
                write!(f, "level {} {}", numeric(*compare), level_word(*level))
            }
            Self::Words(of, words) => {
                let of = match of {
                    WordsOf::Title => "title",
                    WordsOf::Company => "company",
                    WordsOf::Everything => "text",
                };
                write!(f, "{of} has “{words}”")
            }
            Self::Part(of, words) => {
                let of = match of {
                    PartOf::Place => "place",
                    PartOf::Source => "source",
                    PartOf::Employment => "employment",
                    PartOf::Industry => "industry",
                    PartOf::Department => "department",
                };
                write!(f, "{of} has “{words}”")
            }
            Self::Country(code) => write!(f, "in {code}"),
            Self::Language(code) => write!(f, "written in {code}"),
            Self::Skill(skill) => write!(f, "names the skill “{skill}”"),
            Self::Workplace(kind) => f.write_str(match kind {
                WorkplaceKind::OnSite => "on site",
                WorkplaceKind::Hybrid => "hybrid",
                WorkplaceKind::Remote => "remote",
            }),
            Self::Outcome(outcome) => f.write_str(match outcome {
                Outcome::Pass => "within your limits",
                Outcome::Ask => "to check against your limits",
                Outcome::Fail => "breaks a limit",
            }),
            Self::Flag(flag) => f.write_str(match flag {
                Flag::Open => "open",
                Flag::Closed => "closed",
                Flag::New => "first seen within a day",
                Flag::Agency => "by an agency",
                Flag::Liked => "liked",
                Flag::Hidden => "hidden",
                Flag::Applied => "applied to",
                Flag::Watched => "of an employer you watch",
            }),
        }
    }
}

fn moment_words(
    moment: Moment,
    compare: Compare,
    when: When,
    f: &mut Formatter<'_>,
) -> fmt::Result {
    let what = match moment {
        Moment::Posted => "posted",
        Moment::Seen => "first seen",
        Moment::Closes => "closes",
    };
    match when {
        When::Ago(days) => write!(f, "{what} {} {days} days ago", numeric(compare)),
        When::In(days) => write!(f, "{what} in {} {days} days", numeric(compare)),
        When::On(day) => {
            let compare = match compare {
                Compare::Less => "before",
                Compare::AtMost => "on or before",
                Compare::Equal => "on",
                Compare::Other => "not on",
                Compare::AtLeast => "on or after",
                Compare::More => "after",
            };
            write!(f, "{what} {compare} {day}")
        }
    }
}

fn numeric(compare: Compare) -> &'static str {
    match compare {
        Compare::Less => "less than",
        Compare::AtMost => "at most",
        Compare::Equal => "exactly",
        Compare::Other => "other than",
        Compare::AtLeast => "at least",
        Compare::More => "more than",
    }
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::Intern => "intern",
        Level::Entry => "entry",
        Level::Mid => "mid",
        Level::Senior => "senior",
        Level::Lead => "lead",
        Level::Manager => "manager",
        Level::Executive => "executive",
    }
}
