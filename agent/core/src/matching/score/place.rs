//! The better of place and remote work.

use super::{Notes, Rated, reason};
use crate::{
    job::{Job, WorkplaceKind},
    matching::{
        Evidence, EvidenceSource, Person,
        locate::{Fit, place_fit, remote_fit},
    },
};

/// The better of the fit of the place and that of remote work.
///
/// 100: at a place wanted, or remote and open to where the person lives. 60: in
/// the person's country. 50: elsewhere, and the person would move; or remote
/// without a word from where. 0: elsewhere. A kind of workplace the person did
/// not name halves it.
pub(super) fn rate(job: &Job, person: &Person, notes: Notes) -> Rated {
    let (prefs, home) = (&person.prefs, &person.home);
    let nothing = prefs.places.is_empty() && prefs.workplace.is_empty() && home.country.is_none();
    if nothing {
        return Rated::unknown(
            notes,
            "you named no place, and your profile does not say where you live",
            || vec![posting(job)],
        );
    }
    let kind = job.workplace.kind;
    let fit = place_fit(&job.places, &person.wanted, home, prefs.relocate);
    let by_place = match kind {
        // The places of a remote job are offices or a scope, which count below;
        // an office at a place wanted is as good.
        Some(WorkplaceKind::Remote) => at_place(fit).filter(|_| fit == Fit::Yes),
        Some(WorkplaceKind::OnSite | WorkplaceKind::Hybrid) | None => at_place(fit),
    };
    let by_remote = (kind == Some(WorkplaceKind::Remote)).then(|| remote(remote_fit(job, home)));
    let best = [by_place, by_remote]
        .into_iter()
        .flatten()
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    let Some((value, text)) = best else {
        return Rated::unknown(
            notes,
            "the posting does not say clearly where the work is",
            || vec![posting(job)],
        );
    };
    let unwanted =
        kind.is_some_and(|kind| !prefs.workplace.is_empty() && !prefs.workplace.contains(&kind));
    Rated {
        value: Some(if unwanted { value * 0.5 } else { value }),
        reasons: notes.of(|| {
            let mut reasons = vec![reason(text, evidence(job, person))];
            if unwanted {
                let quote = Evidence::new(EvidenceSource::Posting, &job.workplace.text);
                reasons.push(reason(
                    "you did not name this kind of workplace",
                    vec![quote],
                ));
            }
            reasons
        }),
    }
}

fn at_place(fit: Fit) -> Option<(f64, &'static str)> {
    match fit {
        Fit::Yes => Some((100.0, "the work is at a place you named")),
        Fit::SameCountry => Some((60.0, "the work is in your country")),
        Fit::Move => Some((50.0, "the work is elsewhere, and you would move")),
        Fit::No => Some((0.0, "the work is at none of your places")),
        Fit::Unknown => None,
    }
}

fn remote(fit: Fit) -> (f64, &'static str) {
    match fit {
        Fit::Yes => (100.0, "the work is remote and open to where you live"),
        Fit::Unknown | Fit::SameCountry | Fit::Move => (
            50.0,
            "the work is remote; the posting does not say from where",
        ),
        Fit::No => (0.0, "the work is remote but not open to where you live"),
    }
}

fn places(job: &Job) -> String {
    let places: Vec<&str> = job.places.iter().map(|place| place.text.as_str()).collect();
    places.join("; ")
}

/// What the posting says of where the work is: of its kind, else of its places,
/// else its title.
fn posting(job: &Job) -> Evidence {
    let places = places(job);
    let said = [&job.workplace.text, &places, &job.title]
        .into_iter()
        .find(|words| !words.is_empty());
    Evidence::new(EvidenceSource::Posting, said.map_or("", String::as_str))
}

fn evidence(job: &Job, person: &Person) -> Vec<Evidence> {
    let mut evidence = vec![posting(job)];
    let places = Evidence::new(EvidenceSource::Posting, &places(job));
    if job.workplace.kind.is_some() && !places.quote.is_empty() && !evidence.contains(&places) {
        evidence.push(places);
    }
    let wanted = &person.prefs.places;
    evidence.extend(if wanted.is_empty() {
        person.home.evidence()
    } else {
        Some(Evidence::new(
            EvidenceSource::Preference,
            &wanted.join(", "),
        ))
    });
    evidence
}
