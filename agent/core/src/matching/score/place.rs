//! The better of place and remote work.

use super::{Rated, reason};
use crate::{
    job::{Job, WorkplaceKind},
    matching::{
        Evidence, EvidenceSource,
        locate::{Fit, Residence, place_fit, remote_fit, wanted_places},
    },
    profile::{Preferences, Profile},
};

/// The better of the fit of the place and that of remote work.
///
/// 100: at a place wanted, or remote and open to where the person lives. 60: in
/// the person's country. 50: elsewhere, and the person would move; or remote
/// without a word from where. 0: elsewhere. A kind of workplace the person did
/// not name halves it.
pub(super) fn rate(job: &Job, profile: &Profile, prefs: &Preferences) -> Rated {
    let home = Residence::of(profile, prefs);
    let nothing = prefs.places.is_empty() && prefs.workplace.is_empty() && home.country.is_none();
    let places: Vec<&str> = job.places.iter().map(|place| place.text.as_str()).collect();
    let places = places.join("; ");
    let own = if prefs.places.is_empty() {
        home.evidence()
    } else {
        Some(Evidence::new(
            EvidenceSource::Preference,
            &prefs.places.join(", "),
        ))
    };
    let kind = job.workplace.kind;
    let words = if job.workplace.text.is_empty() {
        &places
    } else {
        &job.workplace.text
    };
    let words = if words.is_empty() { &job.title } else { words };
    let posting = Evidence::new(EvidenceSource::Posting, words);
    if nothing {
        return Rated::unknown(
            "you named no place, and your profile does not say where you live",
            vec![posting],
        );
    }
    let at_place = |fit| -> Option<(f64, &str)> {
        match fit {
            Fit::Yes => Some((100.0, "the work is at a place you named")),
            Fit::SameCountry => Some((60.0, "the work is in your country")),
            Fit::Move => Some((50.0, "the work is elsewhere, and you would move")),
            Fit::No => Some((0.0, "the work is at none of your places")),
            Fit::Unknown => None,
        }
    };
    let remote = |fit| match fit {
        Fit::Yes => (100.0, "the work is remote and open to where you live"),
        Fit::Unknown | Fit::SameCountry | Fit::Move => (
            50.0,
            "the work is remote; the posting does not say from where",
        ),
        Fit::No => (0.0, "the work is remote but not open to where you live"),
    };
    let fit = place_fit(&job.places, &wanted_places(prefs), &home, prefs.relocate);
    let by_place = match kind {
        // The places of a remote job are offices or a scope, which count below;
        // an office at a place wanted is as good.
        Some(WorkplaceKind::Remote) => at_place(fit).filter(|_| fit == Fit::Yes),
        Some(WorkplaceKind::OnSite | WorkplaceKind::Hybrid) | None => at_place(fit),
    };
    let by_remote = (kind == Some(WorkplaceKind::Remote)).then(|| remote(remote_fit(job, &home)));
    let best = [by_place, by_remote]
        .into_iter()
        .flatten()
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    let Some((value, text)) = best else {
        return Rated::unknown(
            "the posting does not say clearly where the work is",
            vec![posting],
        );
    };
    let mut evidence = vec![posting];
    if kind.is_some() && !places.is_empty() && places != *words {
        evidence.push(Evidence::new(EvidenceSource::Posting, &places));
    }
    evidence.extend(own);
    let mut reasons = vec![reason(text, evidence)];
    let unwanted =
        kind.filter(|kind| !prefs.workplace.is_empty() && !prefs.workplace.contains(kind));
    let value = match unwanted {
        Some(_) => {
            let quote = Evidence::new(EvidenceSource::Posting, &job.workplace.text);
            reasons.push(reason(
                "you did not name this kind of workplace",
                vec![quote],
            ));
            value * 0.5
        }
        None => value,
    };
    Rated {
        value: Some(value),
        reasons,
    }
}
