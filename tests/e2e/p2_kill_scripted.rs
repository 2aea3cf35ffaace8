//! P2: at most one submission per opening, at whatever instant the daemon is
//! killed. The browser has no screen, so that many kills are affordable; the
//! gate, the daemon and the employer are the real ones.

pub(crate) mod chance;
pub(crate) mod left;
pub(crate) mod openings;
mod race;
mod track;

use std::{collections::BTreeMap, thread, time::Duration};

use practice::Running;

use self::{
    chance::Chance,
    openings::{Opening, options, prepared},
    track::{Ended, Kill, Track},
};
use crate::harness::{Home, employer, long};

/// Where the browser is stopped for a kill, from before the intent to before
/// the receipt is kept.
const POINTS: [&str; 8] = [
    "loaded",
    "filled",
    "intended",
    "permitted",
    "armed",
    "sending",
    "answered",
    "confirmed",
];

/// Kills of one home.
const ROUNDS: usize = 100;
/// Openings of one home: enough for all kills after which one is over.
const OPENINGS: usize = 56;

/// Every other kill at a point that is waited for, the others at any instant
/// of the time a submission takes.
fn killed(mut track: Track<'_>, seed: u64) -> Ended {
    let mut chance = Chance(seed);
    let mut points = POINTS.into_iter().cycle();
    for round in 0..ROUNDS {
        let kill = match round % 20 {
            0 => Kill::AtTheEnd,
            even if even % 2 == 0 => Kill::At(points.next().unwrap()),
            _ => Kill::After(chance.below(1_100)),
        };
        track.round(kill);
    }
    track.finish()
}

/// Kills two copies of the home at the same time.
fn both(template: &Home, openings: &[Opening], employers: [&Running; 2], seed: u64) -> Vec<Ended> {
    thread::scope(|scope| {
        let tracks = [0, 1].map(|number| {
            let employer = employers[number];
            let home = template.copy();
            home.lead_to(employer);
            let track = Track::new(home, employer, openings);
            scope.spawn(move || killed(track, 2 * seed + number as u64))
        });
        tracks
            .into_iter()
            .map(|track| track.join().unwrap())
            .collect()
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn p2_no_kill_of_the_daemon_sends_an_application_twice_or_forgets_a_doubt() {
    let epochs = if long() { 10 } else { 1 };
    let (template, openings) = {
        let employer = employer(options(OPENINGS)).await;
        prepared(&employer, OPENINGS)
    };
    let mut ended = Vec::new();
    for epoch in 0..epochs {
        // Employers that have received nothing, with the same openings.
        let (first, second) = (
            employer(options(OPENINGS)).await,
            employer(options(OPENINGS)).await,
        );
        ended.extend(both(&template, &openings, [&first, &second], epoch));
    }
    tell(&ended);
}

/// Prints what came of it: how long the daemon takes to be ready again is
/// measured, not asserted.
fn tell(ended: &[Ended]) {
    let mut starts: Vec<Duration> = ended
        .iter()
        .flat_map(|track| track.starts.clone())
        .collect();
    starts.sort_unstable();
    let at = |hundredth: usize| starts[(starts.len() - 1) * hundredth / 100];
    let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
    for (what, times) in ended.iter().flat_map(|track| &track.tally) {
        *tally.entry(what).or_default() += times;
    }
    let submitted: usize = ended.iter().map(|track| track.submitted).sum();
    eprintln!(
        "p2: {} starts after a kill, ready p50 {:?}, p99 {:?}; {submitted} openings applied to \
         once each; the kills: {tally:?}",
        starts.len(),
        at(50),
        at(99),
    );
}
