//! P2 with the real Chromium: the daemon, chromedriver or Chromium are killed
//! while an application is sent, or the employer's server fails; nothing is
//! sent twice, and a doubt is told where there is one and nowhere else.

mod processes;
mod server_faults;

use std::{thread, time::Duration};

use agent_core::application::Stage;
use practice::{Running, Trap};

use self::processes::{Role, kill, running};
use crate::{
    harness::{Home, employer, long, wait_until},
    p2_kill_scripted::{
        chance::Chance,
        left::{Left, stored},
        openings::{Opening, options, posts, prepared_by},
    },
};

/// What is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Victim {
    Daemon,
    Browser(Role),
}

/// When it is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// The browser is there and reads the form; no intent is recorded.
    Before,
    /// The gate was told to open.
    During,
    /// The employer has the application, and has not answered.
    After,
}

const VICTIMS: [Victim; 3] = [
    Victim::Daemon,
    Victim::Browser(Role::Chromedriver),
    Victim::Browser(Role::Chromium),
];

/// The kills of the ordinary run: each victim and each moment once. The scripted
/// browser tries the daemon at every point.
const KILLS: [(Victim, Moment); 3] = [
    (VICTIMS[0], Moment::During),
    (VICTIMS[1], Moment::Before),
    (VICTIMS[2], Moment::After),
];

/// Sixty kills in the long run, each victim at each moment.
fn kills() -> Vec<(Victim, Moment)> {
    if !long() {
        return KILLS.to_vec();
    }
    let moments = [Moment::Before, Moment::During, Moment::After];
    let each = VICTIMS
        .into_iter()
        .flat_map(|victim| moments.map(|moment| (victim, moment)));
    each.cycle().take(60).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn p2_no_kill_of_daemon_driver_or_browser_sends_an_application_twice() {
    let kills = kills();
    let employer = employer(options(kills.len())).await;
    let (mut home, openings) = prepared_by(Home::start, &employer, kills.len());
    home.start();
    let mut chance = Chance(11);
    let mut openings: Vec<Opening> = openings.into_iter().rev().collect();
    let mut over = Vec::new();
    for (victim, moment) in kills {
        let opening = openings.pop().expect("too few openings");
        let later = Duration::from_millis(chance.below(120).into());
        let case = format!("{victim:?} {moment:?} {later:?} {opening:?}");
        killed(
            &mut home,
            &employer,
            &opening,
            (victim, moment, later),
            &case,
        );
        over.push(opening);
    }
    // The twins that are left: what surely did not arrive was sent once in the end.
    for opening in &over {
        assert_eq!(home.stage(&opening.id), "submitted", "{opening:?}");
        let refused = home.refused(&["prepare", &opening.id], 1);
        assert!(refused.contains("you applied to"), "{refused}");
    }
    assert_eq!(employer.applications().len(), over.len());
    assert_eq!(running(&home), [], "no browser is left");
    home.kill();
    let open = stored(&home, |reader| reader.open_intents());
    assert!(open.is_empty(), "{open:?}");
}

/// One kill, and all that comes of it up to the one arrival.
fn killed(
    home: &mut Home,
    employer: &Running,
    opening: &Opening,
    (victim, moment, later): (Victim, Moment, Duration),
    case: &str,
) {
    if moment == Moment::After {
        employer.set_trap(Trap::SlowAnswer, &opening.path);
    }
    let journals = || std::fs::read_dir(home.paths().gate_dir()).unwrap().count();
    let opened = journals();
    home.approve(&opening.id);
    match moment {
        Moment::Before => wait_until("the browser is there", || {
            let roles = running(home);
            let is = |wanted| roles.iter().any(|(_, role)| *role == wanted);
            is(Role::Chromedriver) && is(Role::Chromium)
        }),
        Moment::During => wait_until("the gate is told to open", || journals() > opened),
        Moment::After => wait_until("the application arrived", || posts(employer, opening) > 0),
    }
    if moment != Moment::After {
        // The instant is what is tried; nothing is waited for.
        thread::sleep(later);
    }
    match victim {
        Victim::Daemon => {
            home.kill();
            let left = Left::read(home, &opening.id);
            home.start();
            assert_eq!(running(home), [], "{case}: a browser outlived its daemon");
            assert_settled(home, employer, opening, &left, case);
        }
        Victim::Browser(role) => {
            kill(home, role);
            assert_told(home, employer, opening, case);
        }
    }
    if moment == Moment::After {
        assert_eq!(posts(employer, opening), 1, "{case}");
        let told = home.stage(&opening.id);
        let driver_alone = victim == Victim::Browser(Role::Chromedriver);
        assert!(
            told == "outcome-unknown" || driver_alone && told == "submitted",
            "{case}: {told}"
        );
        employer.clear_trap(Trap::SlowAnswer, &opening.path);
    }
    ended_once(home, employer, opening, case);
}

/// A restart makes of what a kill left exactly what it must.
fn assert_settled(home: &Home, employer: &Running, opening: &Opening, left: &Left, case: &str) {
    match &left.stage {
        // Nothing was begun: it goes on by itself, once.
        Stage::Approved { .. } => {}
        Stage::Submitting { .. } if left.in_doubt() => {
            assert_eq!(home.stage(&opening.id), "outcome-unknown", "{case}");
        }
        Stage::Submitting { .. } | Stage::NotSubmitted { .. } => {
            home.wait_stage(&opening.id, &["awaiting-approval"]);
            assert_eq!(posts(employer, opening), 0, "{case}");
        }
        Stage::Submitted { .. } => {
            assert_eq!(home.stage(&opening.id), "submitted", "{case}");
            assert_eq!(posts(employer, opening), 1, "{case}");
        }
        other => panic!("{case}: was at {other:?}\n{}", home.stderr()),
    }
}

/// A daemon whose browser was killed says what is known, and no more.
fn assert_told(home: &Home, employer: &Running, opening: &Opening, case: &str) {
    wait_until(&format!("{case}: the work ends"), || {
        let row = home.detail(&opening.id).row.unwrap();
        row.stage != "submitting" && (row.stage != "approved" || row.note.contains("it stopped"))
    });
    let (stage, arrived) = (home.stage(&opening.id), posts(employer, opening));
    match stage.as_str() {
        "approved" | "not-submitted" | "awaiting-approval" => assert_eq!(arrived, 0, "{case}"),
        "submitted" => assert_eq!(arrived, 1, "{case}"),
        "outcome-unknown" => {
            assert!(arrived <= 1, "{case}");
            let doubt = home.detail(&opening.id).doubt;
            assert!(!doubt.starts_with("0 bytes"), "{case}: {doubt}");
        }
        other => panic!("{case}: {other}"),
    }
    wait_until(&format!("{case}: the browser is gone"), || {
        running(home).is_empty()
    });
}

/// Applications of an opening that the employer took. One whose sender is gone
/// before the answer is not taken, though it arrived.
fn taken(employer: &Running, opening: &Opening) -> usize {
    let taken = employer.applications().into_iter();
    taken.filter(|taken| taken.path == opening.path).count()
}

/// Goes on as a person would, until the employer has taken one application. Each
/// signature leads to one arrival at most.
fn ended_once(home: &Home, employer: &Running, opening: &Opening, case: &str) {
    let id = &opening.id;
    let arrived = posts(employer, opening);
    let mut signatures = 0;
    if home.stage(id) == "outcome-unknown" {
        let word = match taken(employer, opening) {
            0 => "--not-sent",
            _ => "--sent",
        };
        let settled = home.ctl(&["applications", "settle", id, word]);
        assert!(settled.status.success(), "{case}: {settled:?}");
    }
    if home.stage(id) == "approved" {
        // Whoever asks for it again lets it go on.
        home.ctl(&["prepare", id]);
    }
    let row = home.wait_stage(id, &["submitted", "awaiting-approval"]);
    if row["stage"] == "awaiting-approval" {
        home.approve(id);
        signatures += 1;
        home.wait_stage(id, &["submitted"]);
    }
    assert_eq!(taken(employer, opening), 1, "{case}");
    let expected = (arrived + signatures).max(1);
    assert_eq!(posts(employer, opening), expected, "{case}");
}
