//! Years and level asked against years and level held.

use super::{Notes, Rated, measure, reason};
use crate::{
    job::{Job, Level, Stated},
    matching::{Evidence, EvidenceSource, Person, Reason},
};

/// Mean of two ratings, as far as known.
///
/// Years: 100 from the years asked on, below in proportion. Level: 100 at the
/// level wanted (or held, where none is wanted), 70 a step away, 35 two steps,
/// 10 beyond. A level below the own loses as much as one above it.
pub(super) fn rate(job: &Job, person: &Person, notes: Notes) -> Rated {
    let (years, level) = (years(job, person), level(job, person));
    let known = [
        years.as_ref().map(|years| years.value),
        level.as_ref().map(|level| level.value),
    ];
    let value = match known {
        [Some(years), Some(level)] => f64::midpoint(years, level),
        [Some(value), None] | [None, Some(value)] => value,
        [None, None] => {
            let words = if person.years.is_none() {
                "your profile shows no years of work"
            } else {
                "the posting asks for no years and names no level"
            };
            return Rated::unknown(notes, words, || {
                vec![Evidence::new(EvidenceSource::Posting, &job.title)]
            });
        }
    };
    Rated {
        value: Some(value),
        reasons: notes.of(|| {
            let years = years.map(YearsFit::reason);
            let level = level.map(LevelFit::reason);
            years.into_iter().chain(level).collect()
        }),
    }
}

/// How the years held fit those asked.
struct YearsFit<'a> {
    value: f64,
    held: f64,
    asked: &'a Stated<u8>,
}

fn years<'a>(job: &'a Job, person: &Person) -> Option<YearsFit<'a>> {
    let held = person.years?;
    let asked = job.facts.years.as_ref().filter(|asked| asked.value > 0)?;
    let value = (held / f64::from(asked.value)).min(1.0) * 100.0;
    Some(YearsFit { value, held, asked })
}

impl YearsFit<'_> {
    fn reason(self) -> Reason {
        let words = if self.value >= 100.0 {
            "you have the years asked for"
        } else {
            "you have fewer years than asked for"
        };
        let number = format!("{:.1} years worked, {} asked", self.held, self.asked.value);
        let posting = Evidence::new(EvidenceSource::Posting, &self.asked.text);
        reason(words, vec![posting, measure(number)])
    }
}

/// How the level asked fits those wanted or held.
struct LevelFit<'a> {
    value: f64,
    distance: u8,
    asked: &'a Stated<Level>,
    own: &'a Evidence,
}

fn level<'a>(job: &'a Job, person: &'a Person) -> Option<LevelFit<'a>> {
    let asked = job.level.as_ref()?;
    let (levels, own) = person.levels.as_ref()?;
    let distance = levels.iter().map(|own| steps(*own, asked.value)).min()?;
    let value = match distance {
        0 => 100.0,
        1 => 70.0,
        2 => 35.0,
        _ => 10.0,
    };
    Some(LevelFit {
        value,
        distance,
        asked,
        own,
    })
}

impl LevelFit<'_> {
    fn reason(self) -> Reason {
        let asked = level_name(self.asked.value);
        let words = match self.distance {
            0 => format!("the level fits: {asked}"),
            distance => format!("the level is {asked}, {distance} from yours"),
        };
        let posting = Evidence::new(EvidenceSource::Posting, &self.asked.text);
        reason(words, vec![posting, self.own.clone()])
    }
}

fn steps(a: Level, b: Level) -> u8 {
    rank(a).abs_diff(rank(b))
}

/// Place of a level in the order of levels.
fn rank(level: Level) -> u8 {
    match level {
        Level::Intern => 0,
        Level::Entry => 1,
        Level::Mid => 2,
        Level::Senior => 3,
        Level::Lead => 4,
        Level::Manager => 5,
        Level::Executive => 6,
    }
}

/// English name of a level.
pub(in crate::matching) fn level_name(level: Level) -> &'static str {
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
