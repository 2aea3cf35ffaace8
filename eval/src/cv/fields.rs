//! Field by field: what was expected and what was read.

use std::fmt;

use agent_core::profile::{Education, Month, Position, Profile};
use serde_json::{Value, json};

use super::compare::{alike, covered, digits, fold, link, same};
use super::expected::{Expected, School, Work};

/// One field.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) field: &'static str,
    pub(super) right: bool,
    expected: String,
    got: String,
}

impl fmt::Display for Mark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            field,
            expected,
            got,
            ..
        } = self;
        write!(formatter, "{field}: “{expected}” was read as “{got}”")
    }
}

/// How many fields, and how many of them right.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) fields: usize,
    pub(super) right: usize,
}

impl Tally {
    pub(super) fn add(&mut self, mark: &Mark) {
        self.fields += 1;
        self.right += usize::from(mark.right);
    }

    pub(super) fn rate(&self) -> f64 {
        self.right as f64 / self.fields.max(1) as f64
    }

    pub(super) fn percent(&self) -> String {
        format!("{:.1} %", self.rate() * 100.0)
    }

    pub(super) fn json(&self) -> Value {
        let rate = (self.rate() * 10_000.0).round() / 10_000.0;
        json!({ "fields": self.fields, "right": self.right, "rate": rate })
    }
}

/// Every field of a CV.
pub(super) fn marks(expected: &Expected, got: &Profile) -> Vec<Mark> {
    let mut marks = Vec::new();
    basics(expected, got, &mut marks);
    let text = |one: &Option<String>| one.clone().unwrap_or_default();
    pairs(
        &expected.work,
        &got.work,
        |want, have| {
            alike(&text(&want.position), &have.title)
                + alike(&text(&want.name), &text(&have.employer))
                + f64::from(u8::from(is_month(want.start_date.as_deref(), have.start)))
        },
        |want, have| of_work(want, have, &mut marks),
    );
    pairs(
        &expected.education,
        &got.education,
        |want, have| {
            alike(&text(&want.institution), &have.institution)
                + covered(&want.degree().unwrap_or_default(), &text(&have.degree))
                + f64::from(u8::from(is_month(want.end_date.as_deref(), have.end)))
        },
        |want, have| of_school(want, have, &mut marks),
    );
    let texts = |list: &[agent_core::profile::Fact]| -> Vec<String> {
        list.iter().map(|fact| fact.text.clone()).collect()
    };
    let names = |list: &[super::expected::Named]| -> Vec<String> {
        list.iter().map(|one| one.name.clone()).collect()
    };
    let own = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect::<Vec<_>>();
    items(
        "skill",
        &own(expected.skills()),
        &texts(&got.skills),
        same,
        &mut marks,
    );
    let spoken: Vec<String> = got.languages.iter().map(|one| one.code.clone()).collect();
    items("language", &expected.languages, &spoken, same, &mut marks);
    let holds = |want: &str, have: &str| covered(want, have) > 0.79;
    items(
        "certificate",
        &names(&expected.certificates),
        &texts(&got.certificates),
        holds,
        &mut marks,
    );
    let projects: Vec<String> = got.projects.iter().map(|one| one.name.clone()).collect();
    items(
        "project",
        &names(&expected.projects),
        &projects,
        holds,
        &mut marks,
    );
    items(
        "link",
        &own(expected.links()),
        &got.links,
        |a, b| link(a) == link(b),
        &mut marks,
    );
    marks
}

fn basics(expected: &Expected, got: &Profile, marks: &mut Vec<Mark>) {
    let basics = &expected.basics;
    let name = Some(got.name.clone()).filter(|name| !name.is_empty());
    one("name", basics.name.as_deref(), name.as_deref(), same, marks);
    one(
        "email",
        basics.email.as_deref(),
        got.email.as_deref(),
        same,
        marks,
    );
    let number = |a: &str, b: &str| digits(a) == digits(b);
    one(
        "phone",
        basics.phone.as_deref(),
        got.phone.as_deref(),
        number,
        marks,
    );
    let holds = |want: &str, have: &str| fold(have).contains(&fold(want));
    one(
        "location",
        expected.place(),
        got.location.as_deref(),
        holds,
        marks,
    );
    let near = |a: &str, b: &str| alike(a, b) > 0.74;
    if basics.label.is_some() {
        one(
            "headline",
            basics.label.as_deref(),
            got.headline.as_deref(),
            near,
            marks,
        );
    }
    let most = |want: &str, have: &str| covered(want, have) > 0.7;
    one(
        "summary",
        basics.summary.as_deref(),
        got.summary.as_deref(),
        most,
        marks,
    );
}

/// A value there is at most one of.
fn one(
    field: &'static str,
    want: Option<&str>,
    have: Option<&str>,
    equal: impl Fn(&str, &str) -> bool,
    marks: &mut Vec<Mark>,
) {
    let right = match (want, have) {
        (None, None) => return,
        (Some(want), Some(have)) => equal(want, have),
        (Some(_), None) | (None, Some(_)) => false,
    };
    marks.push(Mark {
        field,
        right,
        expected: want.unwrap_or("nothing").to_owned(),
        got: have.unwrap_or("nothing").to_owned(),
    });
}

/// A list whose order says nothing. Each item expected is a field, and so is
/// each of ours beyond them.
fn items(
    field: &'static str,
    want: &[String],
    have: &[String],
    equal: impl Fn(&str, &str) -> bool,
    marks: &mut Vec<Mark>,
) {
    let mut left: Vec<&String> = have.iter().collect();
    for want in want {
        let at = left.iter().position(|have| equal(want, have));
        let got = at.map(|at| left.remove(at));
        marks.push(Mark {
            field,
            right: got.is_some(),
            expected: want.clone(),
            got: got.map_or("nothing", |got| got.as_str()).to_owned(),
        });
    }
    for extra in left {
        marks.push(Mark {
            field,
            right: false,
            expected: "nothing".to_owned(),
            got: extra.clone(),
        });
    }
}

/// Puts each entry expected beside the one of ours that is most like it.
fn pairs<W, H>(
    want: &[W],
    have: &[H],
    likeness: impl Fn(&W, &H) -> f64,
    mut mark: impl FnMut(Option<&W>, Option<&H>),
) {
    let mut scored: Vec<(f64, usize, usize)> = Vec::new();
    for (number, want) in want.iter().enumerate() {
        for (other, have) in have.iter().enumerate() {
            scored.push((likeness(want, have), number, other));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken, mut used) = (vec![None; want.len()], vec![false; have.len()]);
    for (score, number, other) in scored {
        if score > 0.5 && taken[number].is_none() && !used[other] {
            taken[number] = Some(other);
            used[other] = true;
        }
    }
    for (want, other) in want.iter().zip(taken) {
        mark(Some(want), other.map(|other| &have[other]));
    }
    for (have, used) in have.iter().zip(used) {
        if !used {
            mark(None, Some(have));
        }
    }
}

fn of_work(want: Option<&Work>, have: Option<&Position>, marks: &mut Vec<Mark>) {
    let Some(want) = want else {
        extra("work", have.map(|have| have.title.clone()), marks);
        return;
    };
    let title = have
        .map(|have| have.title.as_str())
        .filter(|title| !title.is_empty());
    let employer = have.and_then(|have| have.employer.as_deref());
    let close = |a: &str, b: &str| alike(a, b) > 0.79;
    if want.position.is_some() {
        one("work.title", want.position.as_deref(), title, close, marks);
    }
    if want.name.is_some() {
        one(
            "work.employer",
            want.name.as_deref(),
            employer,
            close,
            marks,
        );
    }
    if want.start_date.is_some() {
        month(
            "work.start",
            want.start_date.as_deref(),
            have.map(|have| have.start),
            marks,
        );
        month(
            "work.end",
            want.end_date.as_deref(),
            have.map(|have| have.end),
            marks,
        );
    }
}

fn of_school(want: Option<&School>, have: Option<&Education>, marks: &mut Vec<Mark>) {
    let Some(want) = want else {
        extra(
            "education",
            have.map(|have| have.institution.clone()),
            marks,
        );
        return;
    };
    let close = |a: &str, b: &str| alike(a, b) > 0.74;
    let school = have
        .map(|have| have.institution.as_str())
        .filter(|name| !name.is_empty());
    if want.institution.is_some() {
        one(
            "school.name",
            want.institution.as_deref(),
            school,
            close,
            marks,
        );
    }
    let degree = want.degree();
    let holds = |want: &str, have: &str| covered(want, have) > 0.74 && covered(have, want) > 0.5;
    if degree.is_some() {
        let got = have.and_then(|have| have.degree.as_deref());
        one("school.degree", degree.as_deref(), got, holds, marks);
    }
    for (wanted, got) in [
        (&want.start_date, have.map(|have| have.start)),
        (&want.end_date, have.map(|have| have.end)),
    ] {
        if wanted.is_some() {
            month("school.dates", wanted.as_deref(), got, marks);
        }
    }
}

fn extra(field: &'static str, got: Option<String>, marks: &mut Vec<Mark>) {
    marks.push(Mark {
        field,
        right: false,
        expected: "nothing".to_owned(),
        got: got.unwrap_or_default(),
    });
}

/// A date; no date at the end means until today. An entry that was not found
/// has no date right.
fn month(
    field: &'static str,
    want: Option<&str>,
    have: Option<Option<Month>>,
    marks: &mut Vec<Mark>,
) {
    let shown = match have {
        None => "no such entry".to_owned(),
        Some(None) => "nothing".to_owned(),
        Some(Some(month)) => month.to_string(),
    };
    marks.push(Mark {
        field,
        right: have.is_some_and(|have| is_month(want, have)),
        expected: want.unwrap_or("nothing").to_owned(),
        got: shown,
    });
}

/// Whether the month is the one named, or of the year where only that is named. A year
/// alone is often written down as its January.
fn is_month(want: Option<&str>, have: Option<Month>) -> bool {
    match (want, have) {
        (None, None) => true,
        (Some(want), Some(have)) => {
            let full = have.to_string();
            let january = !have.is_exact() && want.starts_with(&format!("{full}-01"));
            full.starts_with(want) || january || (have.is_exact() && want.starts_with(&full))
        }
        (Some(_), None) | (None, Some(_)) => false,
    }
}
