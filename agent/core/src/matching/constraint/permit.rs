//! The work-permit constraint.

use super::{Because, Decision, Outcome, decide as decided, unset};
use crate::{
    job::{
        Job, Place, Region, Stated, WorkplaceKind,
        facts::{RightKind, WorkRight},
    },
    matching::{Evidence, EvidenceSource, Person},
    normal::place,
};

/// Work permit or sponsorship: what the posting asks for and the countries of
/// the job, against those where the person may work.
///
/// An offer to sponsor beside a demand or a refusal is a contradiction and is
/// asked about; it never turns a demand into a pass.
pub(super) fn decide<'a>(job: &'a Job, person: &'a Person) -> Decision<'a> {
    let stated = Sorted::of(job, person);
    if person.limits.may_work.is_empty() {
        return without_permits(&stated);
    }
    if let Some(refused) = citizenship(job, person, &stated) {
        return refused;
    }
    let evidence = move |right: Option<&'a Stated<WorkRight>>| {
        let mut evidence: Vec<Evidence> = right
            .map(|right| Evidence::new(EvidenceSource::Posting, &right.text))
            .into_iter()
            .collect();
        if evidence.is_empty() {
            let places: Vec<&str> = job.places.iter().map(|place| place.text.as_str()).collect();
            let quoted = Evidence::new(EvidenceSource::Posting, &places.join("; "));
            evidence.extend(Some(quoted).filter(|quoted| !quoted.quote.is_empty()));
        }
        evidence.push(person.limits.permits(&person.prefs));
        evidence
    };
    let here = countries(job);
    let holds = |codes: &[&str]| codes.iter().any(|code| may_work(person, code));
    let is_here = holds(&here) || from_home(job, person);
    let named: Vec<&Stated<WorkRight>> = stated
        .demands
        .iter()
        .chain(&stated.refuses)
        .copied()
        .filter(|right| !right.value.countries.is_empty())
        .collect();
    let met = |right: &Stated<WorkRight>| {
        let codes: Vec<&str> = right.value.countries.iter().map(String::as_str).collect();
        holds(&codes)
    };
    let first = stated.demands.first().or(stated.refuses.first()).copied();
    let unmet: Vec<&Stated<WorkRight>> =
        named.iter().copied().filter(|right| !met(right)).collect();
    let offer = stated.offers.first().or(stated.maybe.first()).copied();
    if let (Some(right), true) = (unmet.first().copied(), unmet.len() == named.len()) {
        // Boilerplate of another country beside a place where one may work.
        if is_here {
            return decided(
                Outcome::Ask,
                "the posting speaks of a right to work elsewhere",
                move || evidence(Some(right)),
            );
        }
        let names = country_names(&right.value.countries);
        return match offer {
            Some(offer) => decided(
                Outcome::Ask,
                format!(
                    "the posting asks for a right to work in {names} and also speaks of sponsorship"
                ),
                move || evidence(Some(offer)),
            ),
            None => decided(
                Outcome::Fail,
                format!("the employer wants a right to work in {names}, which you did not name"),
                move || evidence(Some(right)),
            ),
        };
    }
    if let Some(right) = unmet.first().copied().filter(|_| !is_here) {
        return decided(
            Outcome::Ask,
            "the posting names several rights to work, and you have one of them",
            move || evidence(Some(right)),
        );
    }
    if is_here || (!named.is_empty() && here.is_empty()) {
        return decided(
            Outcome::Pass,
            "you may work in a country of the job",
            move || evidence(first),
        );
    }
    if !named.is_empty() {
        return decided(
            Outcome::Ask,
            "you have the right to work that is asked for, but named none for the place of the job",
            move || evidence(first),
        );
    }
    match (first, offer) {
        (Some(right), Some(_)) => decided(
            Outcome::Ask,
            "the posting asks for a right to work and also speaks of sponsorship",
            move || evidence(Some(right)),
        ),
        (Some(right), None) if here.is_empty() => decided(
            Outcome::Ask,
            "the posting asks for a right to work without saying where",
            move || evidence(Some(right)),
        ),
        (Some(right), None) => decided(
            Outcome::Fail,
            format!(
                "the employer wants a right to work in {}, which you did not name",
                country_names(&here)
            ),
            move || evidence(Some(right)),
        ),
        (None, Some(offer)) if !stated.maybe.is_empty() => decided(
            Outcome::Ask,
            "the employer may help with the permit",
            move || evidence(Some(offer)),
        ),
        (None, Some(offer)) => decided(
            Outcome::Pass,
            "the employer helps with the permit",
            move || evidence(Some(offer)),
        ),
        (None, None) if job.workplace.kind == Some(WorkplaceKind::Remote) => decided(
            Outcome::Ask,
            "the posting does not say whether it employs people where you may work",
            move || evidence(None),
        ),
        (None, None) if here.is_empty() => decided(
            Outcome::Ask,
            "the posting does not say in which country the work is",
            move || evidence(None),
        ),
        (None, None) => decided(
            Outcome::Ask,
            format!(
                "the job is in {}, where you named no permit, and the posting does not speak of sponsorship",
                country_names(&here)
            ),
            move || evidence(None),
        ),
    }
}

/// What a posting says of rights to work, by kind.
#[derive(Default)]
struct Sorted<'a> {
    offers: Vec<&'a Stated<WorkRight>>,
    maybe: Vec<&'a Stated<WorkRight>>,
    refuses: Vec<&'a Stated<WorkRight>>,
    demands: Vec<&'a Stated<WorkRight>>,
    citizens: Vec<&'a Stated<WorkRight>>,
}

impl<'a> Sorted<'a> {
    fn of(job: &'a Job, person: &Person) -> Self {
        let home = person.home.country.as_deref();
        // A condition on applicants of one country is none on those of another.
        let concerns = |right: &WorkRight| {
            !right.only_from_there
                || home.is_none_or(|home| right.countries.iter().any(|code| code == home))
        };
        let mut sorted = Self::default();
        for right in job
            .facts
            .rights
            .iter()
            .filter(|right| concerns(&right.value))
        {
            match right.value.kind {
                RightKind::Sponsored => sorted.offers.push(right),
                RightKind::MaySponsor => sorted.maybe.push(right),
                RightKind::NotSponsored => sorted.refuses.push(right),
                RightKind::Required => sorted.demands.push(right),
                RightKind::Citizenship => sorted.citizens.push(right),
                RightKind::Clearance => {}
            }
        }
        sorted
    }
}

fn without_permits<'a>(stated: &Sorted<'a>) -> Decision<'a> {
    let asked = [
        &stated.demands,
        &stated.citizens,
        &stated.refuses,
        &stated.maybe,
    ];
    let quoted = |right: &'a Stated<WorkRight>| -> Because<'a> {
        Box::new(move || vec![Evidence::new(EvidenceSource::Posting, &right.text)])
    };
    match asked.into_iter().find_map(|kind| kind.first()) {
        Some(right) => decided(
            Outcome::Ask,
            "the posting asks for a right to work, and you did not say where you have one",
            quoted(right),
        ),
        None => match stated.offers.first() {
            Some(offer) => decided(
                Outcome::Pass,
                "the employer helps with the permit",
                quoted(offer),
            ),
            None => decided(
                Outcome::Pass,
                "you named no permits and the posting asks for none",
                || unset("permits"),
            ),
        },
    }
}

/// A citizenship asked for, unless the person has it.
fn citizenship<'a>(job: &'a Job, person: &'a Person, stated: &Sorted<'a>) -> Option<Decision<'a>> {
    let right = stated.citizens.first().copied()?;
    let here = countries(job);
    let named: Vec<&str> = right.value.countries.iter().map(String::as_str).collect();
    let codes = if named.is_empty() { here } else { named };
    let own = &person.limits.citizen_of;
    if codes.iter().any(|code| in_set(own, code)) {
        return None;
    }
    let evidence = move || {
        vec![
            Evidence::new(EvidenceSource::Posting, &right.text),
            person.limits.permits(&person.prefs),
        ]
    };
    let names = country_names(&codes);
    let may_be =
        own.is_empty() && (codes.is_empty() || codes.iter().any(|code| may_work(person, code)));
    Some(if may_be {
        decided(
            Outcome::Ask,
            "the posting asks for a citizenship, and you did not say which you have",
            evidence,
        )
    } else {
        let text = if names.is_empty() {
            "the posting asks for a citizenship you did not name".to_owned()
        } else {
            format!("the posting asks for citizenship of {names}, which you did not name")
        };
        decided(Outcome::Fail, text, evidence)
    })
}

/// Whether a remote job is open to where the person lives and may work.
fn from_home(job: &Job, person: &Person) -> bool {
    let Some(home) = person.home.country.as_deref() else {
        return false;
    };
    job.workplace.kind == Some(WorkplaceKind::Remote)
        && may_work(person, home)
        && job.workplace.scope.iter().any(|place| {
            place.country.as_deref() == Some(home)
                || place
                    .region
                    .is_some_and(|region| place::contains(region, home))
        })
}

fn may_work(person: &Person, code: &str) -> bool {
    in_set(&person.limits.may_work, code)
}

/// Whether `code` is in `own`; `EU` is when a member is.
fn in_set(own: &std::collections::BTreeSet<String>, code: &str) -> bool {
    if code == "EU" {
        let union = place::codes(Some(Region::EuropeanUnion));
        return own.iter().any(|own| union.contains(&own.as_str()));
    }
    own.contains(code)
}

/// Codes of the countries of the job: of its remote scope, then of its places.
fn countries(job: &Job) -> Vec<&str> {
    let scope = if job.workplace.kind == Some(WorkplaceKind::Remote) {
        job.workplace.scope.as_slice()
    } else {
        &[]
    };
    let places = scope.iter().chain(&job.places);
    let mut codes: Vec<&str> = places.flat_map(Place::law_codes).collect();
    codes.dedup();
    codes
}

fn country_names(codes: &[impl AsRef<str>]) -> String {
    let name = |code: &str| match code {
        "EU" => "the European Union".to_owned(),
        code => place::country_name(code).unwrap_or(code).to_owned(),
    };
    let names: Vec<String> = codes.iter().map(|code| name(code.as_ref())).collect();
    names.join(", ")
}
