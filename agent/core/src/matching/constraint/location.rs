//! The location constraint.

use super::{Decision, Outcome, decision, unset};
use crate::{
    job::{Job, Place, WorkplaceKind},
    matching::{
        Evidence, EvidenceSource, Person,
        locate::{Fit, Residence, place_fit, remote_fit},
    },
};

/// Place, workplace kind, remote scope and willingness to move.
///
/// Any way to take the job is enough: a remote job may be done from home, and a
/// job with places in one of the places wanted.
pub(super) fn decide(job: &Job, person: &Person) -> Decision {
    let (prefs, home) = (&person.prefs, &person.home);
    let limited =
        !prefs.places.is_empty() || !prefs.workplace.is_empty() || prefs.country.is_some();
    if !limited {
        return decision(
            Outcome::Pass,
            "you set no limit on places",
            unset("places, workplace"),
        );
    }
    match job.workplace.kind {
        Some(kind) if !prefs.workplace.is_empty() && !prefs.workplace.contains(&kind) => {
            let wanted: Vec<&str> = prefs
                .workplace
                .iter()
                .map(|kind| kind_name(*kind))
                .collect();
            decision(
                Outcome::Fail,
                format!("the work is {}, which you did not name", kind_name(kind)),
                vec![
                    Evidence::new(EvidenceSource::Posting, &job.workplace.text),
                    Evidence::new(EvidenceSource::Preference, &wanted.join(", ")),
                ],
            )
        }
        Some(WorkplaceKind::Remote) => remote(job, home, prefs.relocate),
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

fn remote(job: &Job, home: &Residence, relocate: bool) -> Decision {
    let fit = remote_fit(job, home);
    let mut evidence = vec![Evidence::new(EvidenceSource::Posting, &job.workplace.text)];
    evidence.extend(home.evidence());
    let country = home.country.as_deref().unwrap_or_default();
    match fit {
        Fit::Yes => decision(
            Outcome::Pass,
            format!("the work is remote and open to {country}"),
            evidence,
        ),
        Fit::No if relocate => {
            let text =
                format!("the work is remote and not open to {country}; you would have to move");
            decision(Outcome::Ask, text, evidence)
        }
        Fit::No => decision(
            Outcome::Fail,
            format!("the work is remote but not open to {country}"),
            evidence,
        ),
        Fit::Unknown if home.country.is_none() => decision(
            Outcome::Ask,
            "the work is remote, but you did not say in which country you live",
            evidence,
        ),
        Fit::SameCountry | Fit::Move | Fit::Unknown => decision(
            Outcome::Ask,
            "the work is remote, but the posting does not say from where",
            evidence,
        ),
    }
}

fn at_place(job: &Job, person: &Person) -> Decision {
    let (prefs, home) = (&person.prefs, &person.home);
    let stated: Vec<&str> = job.places.iter().map(|place| place.text.as_str()).collect();
    let mut evidence = vec![Evidence::new(EvidenceSource::Posting, &stated.join("; "))];
    evidence.retain(|evidence| !evidence.quote.is_empty());
    let wanted = if prefs.places.is_empty() {
        home.words.clone()
    } else {
        prefs.places.join(", ")
    };
    evidence.push(Evidence::new(EvidenceSource::Preference, &wanted));
    let fit = place_fit(&job.places, &person.wanted, home, prefs.relocate);
    match fit {
        Fit::Yes => decision(Outcome::Pass, "the work is at a place you named", evidence),
        Fit::Move => decision(
            Outcome::Pass,
            "the work is elsewhere, and you would move",
            evidence,
        ),
        Fit::SameCountry => decision(
            Outcome::Ask,
            "the work is in your country; you named no city",
            evidence,
        ),
        Fit::No if prefs.places.is_empty() => decision(
            Outcome::Fail,
            "the work is outside your country, and you would not move",
            evidence,
        ),
        Fit::No => decision(
            Outcome::Fail,
            "the work is at none of the places you named",
            evidence,
        ),
        Fit::Unknown => decision(
            Outcome::Ask,
            "the posting does not say clearly where the work is",
            evidence,
        ),
    }
}

/// The posting does not say whether the work is remote.
fn unsaid(job: &Job, person: &Person) -> Decision {
    let (outcome, mut reason) = at_place(job, person);
    let only_remote = person.prefs.workplace == [WorkplaceKind::Remote];
    let known = |place: &Place| place.country.is_some();
    if only_remote {
        reason.text = "the posting does not say whether the work can be done remotely".to_owned();
        return (Outcome::Ask, reason);
    }
    // A job with an office elsewhere is on site unless it says otherwise; only
    // one whose place is not known stays open.
    match outcome {
        Outcome::Fail if !job.places.iter().all(known) => (Outcome::Ask, reason),
        outcome => (outcome, reason),
    }
}
