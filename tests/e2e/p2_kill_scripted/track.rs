//! One home and one employer, killed round after round. The employer's log is
//! the witness of what arrived.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
    ops::Deref,
    thread,
    time::{Duration, Instant},
};

use agent_api::v1;
use agent_approval::{ManifestDigest, SignedApproval};
use agent_browser::gate::Journal;
use agent_core::application::Stage;
use practice::Running;

use super::{
    left::{Left, stored},
    openings::{Opening, posts},
};
use crate::harness::{Home, wait_until};

/// When the daemon is killed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kill {
    /// When the browser stands at this point.
    At(&'static str),
    /// When the receipt is kept.
    AtTheEnd,
    /// After so many thousandths of the time a submission takes here.
    After(u32),
}

/// An application in the hands of the test.
struct Attempt {
    opening: Opening,
    /// Signatures it was approved with, the last one last.
    signed: Vec<SignedApproval>,
}

impl Deref for Attempt {
    type Target = Opening;

    fn deref(&self) -> &Opening {
        &self.opening
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}, signed {} times", self.opening, self.signed.len())
    }
}

/// A submission whose outcome is unknown.
struct Doubt {
    attempt: Attempt,
    /// How often it was submitted.
    started: usize,
    /// Starts of the daemon it has seen.
    age: u32,
}

/// Starts after which the person is asked: the employer has read by then what
/// was still on its way when the daemon was killed.
const OLD: u32 = 2;

pub(super) struct Track<'a> {
    home: Home,
    employer: &'a Running,
    waiting: VecDeque<Attempt>,
    victim: Option<(Attempt, Left)>,
    doubts: Vec<Doubt>,
    over: Vec<Attempt>,
    /// How long the last submission took that was left to end.
    takes: Duration,
    /// From the start of the process to its first answer.
    starts: Vec<Duration>,
    /// What the kills left, by name.
    tally: BTreeMap<&'static str, usize>,
}

impl<'a> Track<'a> {
    /// A home whose applications to `openings` wait for approval; the daemon is stopped.
    pub(super) fn new(home: Home, employer: &'a Running, openings: &[Opening]) -> Self {
        let attempt = |opening: &Opening| Attempt {
            opening: opening.clone(),
            signed: Vec::new(),
        };
        Self {
            home,
            employer,
            waiting: openings.iter().map(attempt).collect(),
            victim: None,
            doubts: Vec::new(),
            over: Vec::new(),
            takes: Duration::ZERO,
            starts: Vec::new(),
            tally: BTreeMap::new(),
        }
    }

    /// Starts the daemon, looks at what the last kill led to, and kills it again.
    pub(super) fn round(&mut self, kill: Kill) {
        let hold = match kill {
            Kill::At(point) => point,
            Kill::AtTheEnd | Kill::After(_) => "",
        };
        self.start(hold);
        let attempt = self.judge().unwrap_or_else(|| self.approve_next());
        match kill {
            Kill::At(point) => {
                let held = self.home.path().join("held");
                wait_until(&format!("the browser stands at {point}"), || {
                    std::fs::read(&held).is_ok_and(|said| said == point.as_bytes())
                });
            }
            Kill::AtTheEnd => {
                let begun = Instant::now();
                self.home.wait_stage(&attempt.id, &["submitted"]);
                self.takes = begun.elapsed();
            }
            // The instant is what is tried; nothing is waited for.
            Kill::After(thousandths) => thread::sleep(self.takes * thousandths / 1000),
        }
        self.home.kill();
        let left = Left::read(&self.home, &attempt.id);
        self.assert_left(kill, &attempt, &left);
        self.victim = Some((attempt, left));
    }

    fn start(&mut self, hold: &str) {
        let _ = std::fs::remove_file(self.home.path().join("held"));
        let start = self
            .home
            .start_example("scripted_agentd", &[("SCRIPTED_HOLD", hold)]);
        self.starts.push(start);
        self.look_at_doubts();
    }

    /// A point that was waited for leaves what it must, and no more arrives than once.
    fn assert_left(&mut self, kill: Kill, attempt: &Attempt, left: &Left) {
        let arrived = posts(self.employer, attempt);
        let spent = |answered| Journal::Spent {
            release: 0,
            answered,
        };
        let (expected, expected_posts) = match kill {
            Kill::After(_) => return assert!(arrived <= 1, "{attempt:?}: {arrived} posts"),
            Kill::AtTheEnd => {
                assert!(matches!(left.stage, Stage::Submitted { .. }), "{left:?}");
                return assert_eq!(arrived, 1, "{attempt:?}");
            }
            Kill::At("loaded" | "filled") => {
                assert!(matches!(left.stage, Stage::Approved { .. }), "{left:?}");
                return assert_eq!(arrived, 0, "{attempt:?}");
            }
            Kill::At("intended") => (Journal::NotOpened, 0),
            Kill::At("permitted" | "armed") => (Journal::Armed, 0),
            Kill::At("sending") => (spent(false), 0),
            Kill::At("answered") => (spent(false), 1),
            Kill::At("confirmed") => (spent(true), 1),
            Kill::At(other) => panic!("nothing is known of {other}"),
        };
        assert!(matches!(left.stage, Stage::Submitting { .. }), "{left:?}");
        assert_eq!(
            (left.journal, arrived),
            (Some(expected), expected_posts),
            "{kill:?} {attempt:?}"
        );
    }

    /// Looks what the daemon made of the last kill. Gives the application when
    /// it goes on by itself: nothing but the reading had begun.
    fn judge(&mut self) -> Option<Attempt> {
        let (attempt, left) = self.victim.take()?;
        match &left.stage {
            Stage::Approved { .. } => {
                self.count("not begun, went on");
                return Some(attempt);
            }
            Stage::Submitting { manifest, .. } if !left.in_doubt() => {
                self.count("not submitted");
                self.assert_renewed(&attempt, *manifest);
                self.waiting.push_back(attempt);
            }
            Stage::NotSubmitted { manifest } => {
                self.count("not submitted, and known");
                self.assert_renewed(&attempt, *manifest);
                self.waiting.push_back(attempt);
            }
            Stage::Submitting { .. } => {
                self.count("outcome unknown");
                let shown = self.home.detail(&attempt.id);
                assert_eq!(shown.row.unwrap().stage, "outcome-unknown", "{attempt:?}");
                assert!(shown.doubt.contains("left this machine"), "{}", shown.doubt);
                self.assert_replay_refused(&attempt);
                self.doubts.push(Doubt {
                    started: self.started(&attempt),
                    attempt,
                    age: 0,
                });
            }
            Stage::Submitted { .. } => {
                self.count("submitted");
                assert_eq!(self.home.stage(&attempt.id), "submitted", "{attempt:?}");
                assert_eq!(posts(self.employer, &attempt), 1, "{attempt:?}");
                self.assert_replay_refused(&attempt);
                self.over.push(attempt);
            }
            other => panic!("{attempt:?} was at {other:?}\n{}", self.home.stderr()),
        }
        None
    }

    fn count(&mut self, what: &'static str) {
        *self.tally.entry(what).or_default() += 1;
    }

    /// Back in review under another digest, nothing sent, the old signature worth nothing.
    fn assert_renewed(&self, attempt: &Attempt, spent: ManifestDigest) {
        self.home.wait_stage(&attempt.id, &["awaiting-approval"]);
        let now = ManifestDigest::of(&self.home.manifest(&attempt.id));
        assert_ne!(now, spent, "{attempt:?}");
        assert_eq!(posts(self.employer, attempt), 0, "{attempt:?}");
        self.assert_replay_refused(attempt);
    }

    fn assert_replay_refused(&self, attempt: &Attempt) {
        for signed in &attempt.signed {
            let refused = self.home.hand_over(&attempt.id, signed).unwrap_err();
            let code = refused.code();
            assert_eq!(code, tonic::Code::FailedPrecondition, "{refused:?}");
        }
    }

    /// How often a submission of it was begun.
    fn started(&self, attempt: &Attempt) -> usize {
        let history = self.home.detail(&attempt.id).history;
        let begun = |entry: &&v1::HistoryEntry| entry.event == "application.submission-started";
        history.iter().filter(begun).count()
    }

    /// Nothing is tried again by itself; what is old enough is settled as the
    /// employer's log has it.
    fn look_at_doubts(&mut self) {
        for mut doubt in std::mem::take(&mut self.doubts) {
            let attempt = &doubt.attempt;
            assert_eq!(
                self.home.stage(&attempt.id),
                "outcome-unknown",
                "{attempt:?}"
            );
            assert_eq!(self.started(attempt), doubt.started, "{attempt:?}");
            doubt.age += 1;
            if doubt.age < OLD {
                self.doubts.push(doubt);
                continue;
            }
            let arrived = posts(self.employer, attempt);
            let word = match arrived {
                0 => "--not-sent",
                1 => "--sent",
                more => panic!("{attempt:?}: {more} posts"),
            };
            let settle = ["applications", "settle", &attempt.id, word];
            let settled = self.home.ctl(&settle);
            assert!(settled.status.success(), "{settled:?}");
            if arrived == 0 {
                self.count("settled as not sent");
                self.home.wait_stage(&attempt.id, &["awaiting-approval"]);
                self.assert_replay_refused(attempt);
                self.waiting.push_back(doubt.attempt);
            } else {
                self.count("settled as sent");
                assert_eq!(self.home.stage(&attempt.id), "submitted");
                self.over.push(doubt.attempt);
            }
        }
    }

    fn approve_next(&mut self) -> Attempt {
        let mut attempt = self.waiting.pop_front().expect("too few openings");
        attempt.signed.push(self.home.approve(&attempt.id));
        attempt
    }

    /// The benign twin: what was begun ends in exactly one arrival, and no
    /// opening is applied to twice. Gives how many were.
    pub(super) fn finish(mut self) -> Ended {
        loop {
            self.start("");
            if let Some(attempt) = self.judge() {
                self.home.wait_stage(&attempt.id, &["submitted"]);
                self.over.push(attempt);
            }
            if self.doubts.is_empty() {
                break;
            }
            self.home.kill();
        }
        let (begun, untouched): (Vec<_>, Vec<_>) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|attempt| !attempt.signed.is_empty());
        self.waiting = begun.into();
        while !self.waiting.is_empty() {
            let attempt = self.approve_next();
            self.home.wait_stage(&attempt.id, &["submitted"]);
            self.over.push(attempt);
        }
        for attempt in &self.over {
            assert_eq!(posts(self.employer, attempt), 1, "{attempt:?}");
            let refused = self.home.refused(&["prepare", &attempt.id], 1);
            assert!(refused.contains("you applied to"), "{refused}");
        }
        for attempt in &untouched {
            assert_eq!(posts(self.employer, attempt), 0, "{attempt:?}");
        }
        let applications = self.employer.applications().len();
        assert_eq!(applications, self.over.len());
        assert_eq!(self.employer.posts().len(), applications);
        self.home.kill();
        let open = stored(&self.home, |reader| reader.open_intents());
        assert!(open.is_empty(), "{open:?}");
        Ended {
            starts: self.starts,
            tally: self.tally,
            submitted: applications,
        }
    }
}

/// What a track came to.
pub(super) struct Ended {
    pub(super) starts: Vec<Duration>,
    pub(super) tally: BTreeMap<&'static str, usize>,
    pub(super) submitted: usize,
}
