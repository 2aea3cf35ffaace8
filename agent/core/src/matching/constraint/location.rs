//! The location constraint.

use super::{Decision, Outcome, decide as decided, unset};
use crate::{
    job::{Job, Place, Stated, WorkplaceKind, facts::RemoteLimit},
    matching::{
        Evidence, EvidenceSource, Person,
        locate::{Fit, Residence, covers, place_fit, remote_fit},
    },
    normal::place,
};

/// Place, workplace kind, remote scope and willingness to move.
///
/// Any way to take the job is enough: a remote job may be done from home, and a
/// job with places in one of the places wanted.
pub(super) fn decide<'a>(job: &'a Job, person: &'a Person) -> Decision<'a> {
    let prefs = &person.prefs;
    let limited =
        !prefs.places.is_empty() || !prefs.workplace.is_empty() || prefs.country.is_some();
    if !limited {
        return decided(Outcome::Pass, "you set no limit on places", || {
            unset("places, workplace")
        });
    }
    match job.workplace.kind {
        Some(kind) if !prefs.workplace.is_empty() && !prefs.workplace.contains(&kind) => decided(
            Outcome::Fail,
            format!("the work is {}, which you did not name", kind_name(kind)),
            move || {
                let wanted = prefs.workplace.iter().map(|kind| kind_name(*kind));
                let wanted: Vec<&str> = wanted.collect();
                vec![
                    Evidence::new(EvidenceSource::Posting, &job.workplace.text),
                    Evidence::new(EvidenceSource::Preference, &wanted.join(", ")),
                ]
            },
        ),
        Some(WorkplaceKind::Remote) => remote(job, person),
        Some(WorkplaceKind::Hybrid | WorkplaceKind::OnSite) => at_place(job, person),
        None => unsaid(job, person),
    }
}

fn kind_name(kind: WorkplaceKind) -> &'static str {
    match kind {
        WorkplaceKind::OnSite => "on site",
        WorkplaceKind::Hybrid => "hybrid",
        WorkplaceKind::Remote => "remote",
    }
}

fn remote<'a>(job: &'a Job, person: &'a Person) -> Decision<'a> {
    let home = &person.home;
    let fit = remote_fit(job, home);
    let country = home.country.as_deref().unwrap_or_default();
    let evidence = move |more: Option<&'a Stated<RemoteLimit>>| {
        let mut evidence = vec![Evidence::new(EvidenceSource::Posting, &job.workplace.text)];
        evidence.extend(more.map(|limit| Evidence::new(EvidenceSource::Posting, &limit.text)));
        evidence.extend(home.evidence());
        evidence
    };
    match fit {
        Fit::Yes => match narrowed(job, home) {
            Some(limit) => decided(Outcome::Ask, limit_words(limit.value), move || {
                evidence(Some(limit))
            }),
            None => decided(
                Outcome::Pass,
                format!("the work is remote and open to {country}"),
                move || evidence(None),
            ),
        },
        Fit::No if person.prefs.relocate => {
            let text =
                format!("the work is remote and not open to {country}; you would have to move");
            decided(Outcome::Ask, text, move || evidence(None))
        }
        Fit::No => decided(
            Outcome::Fail,
            format!("the work is remote but not open to {country}"),
            move || evidence(None),
        ),
        Fit::Unknown if home.country.is_none() => decided(
            Outcome::Ask,
            "the work is remote, but you did not say in which country you live",
            move || evidence(None),
        ),
        Fit::SameCountry | Fit::Move | Fit::Unknown => decided(
            Outcome::Ask,
            "the work is remote, but the posting does not say from where",
            move || evidence(None),
        ),
    }
}

/// What may keep a person out of a remote job that is open to their country.
fn narrowed<'a>(job: &'a Job, home: &Residence) -> Option<&'a Stated<RemoteLimit>> {
    job.facts
        .remote_limits
        .iter()
        .find(|limit| match limit.value {
            RemoteLimit::Near | RemoteLimit::Except => true,
            RemoteLimit::TimeZone { of } => !home
                .country
                .as_deref()
                .is_some_and(|country| place::contains(of, country)),
        })
}

const fn limit_words(limit: RemoteLimit) -> &'static str {
    match limit {
        RemoteLimit::Near => "the work is remote, but one has to live near a place",
        RemoteLimit::Except => "the work is remote, but parts of the country are left out",
        RemoteLimit::TimeZone { .. } => {
            "the work is remote, at the hours of another part of the world"
        }
    }
}

fn at_place<'a>(job: &'a Job, person: &'a Person) -> Decision<'a> {
    let (outcome, text) = fit_words(job, person);
    decided(outcome, text, move || evidence_of_place(job, person))
}

fn evidence_of_place(job: &Job, person: &Person) -> Vec<Evidence> {
    let stated: Vec<&str> = job.places.iter().map(|place| place.text.as_str()).collect();
    let mut evidence = vec![Evidence::new(EvidenceSource::Posting, &stated.join("; "))];
    evidence.retain(|evidence| !evidence.quote.is_empty());
    let wanted = if person.prefs.places.is_empty() {
        person.home.words.clone()
    } else {
        person.prefs.places.join(", ")
    };
    evidence.push(Evidence::new(EvidenceSource::Preference, &wanted));
    evidence
}

fn fit_words(job: &Job, person: &Person) -> (Outcome, &'static str) {
    let prefs = &person.prefs;
    let moves = prefs.relocate && {
        let to = &person.limits.move_to;
        to.is_empty()
            || to
                .iter()
                .any(|wish| job.places.iter().any(|place| covers(wish, place)))
    };
    match place_fit(&job.places, &person.wanted, &person.home, moves) {
        Fit::Yes => (Outcome::Pass, "the work is at a place you named"),
        Fit::Move => (Outcome::Pass, "the work is elsewhere, and you would move"),
        Fit::SameCountry => (
            Outcome::Ask,
            "the work is in your country; you named no city",
        ),
        Fit::No if prefs.relocate => (
            Outcome::Fail,
            "the work is at none of the places you named, nor where you would move",
        ),
        Fit::No if prefs.places.is_empty() => (
            Outcome::Fail,
            "the work is outside your country, and you would not move",
        ),
        Fit::No => (Outcome::Fail, "the work is at none of the places you named"),
        Fit::Unknown => (
            Outcome::Ask,
            "the posting does not say clearly where the work is",
        ),
    }
}

/// The posting does not say whether the work is remote.
fn unsaid<'a>(job: &'a Job, person: &'a Person) -> Decision<'a> {
    let known = |place: &Place| place.country.is_some();
    if person.prefs.workplace == [WorkplaceKind::Remote] {
        return decided(
            Outcome::Ask,
            "the posting does not say whether the work can be done remotely",
            move || evidence_of_place(job, person),
        );
    }
    let decision = at_place(job, person);
    // A job with an office elsewhere is on site unless it says otherwise; only
    // one whose place is not known stays open.
    match decision.outcome {
        Outcome::Fail if !job.places.iter().all(known) => Decision {
            outcome: Outcome::Ask,
            ..decision
        },
        Outcome::Pass | Outcome::Ask | Outcome::Fail => decision,
    }
}
