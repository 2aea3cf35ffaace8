//! Guests that call the host without end.

use std::sync::Arc;
use std::time::{Duration, Instant};

use agent_portal::host::{LogLevel, Session};
use agent_portal::limits::Limits;
use futures::FutureExt;
use futures::future::{BoxFuture, join_all};

use crate::attack::{Attack, Group, Outcome};
use crate::ends::Ends;
use crate::scene::Stage;
use crate::support::{Pages, board};

pub(super) fn attacks() -> Vec<Attack> {
    let key = |name, key, ends| Attack::key(Group::Flood, name, key, ends);
    vec![
        key("log lines without end", "log-flood", Ends::TimedOut).timed(),
        key(
            "more log than is kept",
            "log-much",
            Ends::Harmless(|page, _| {
                let bytes: usize = page.log.iter().map(|line| line.message.len()).sum();
                let last = page.log.last().unwrap();
                bytes < 66_000 && last.level == LogLevel::Warn && last.message.contains("too long")
            }),
        ),
        key(
            "pages without end",
            "forever:https://jobs.example.com/page",
            Ends::TooManyFetches,
        )
        .asking(32),
        // The twin: as many as a call may ask for.
        key(
            "as many pages as there may be",
            "often:https://jobs.example.com/page",
            Ends::Harmless(|page, _| page.postings[0].title == "a page"),
        )
        .asking(32),
        key(
            "forbidden pages without end",
            "forever:https://evil.example.net/page",
            Ends::TooManyFetches,
        ),
        Attack::calls(
            Group::Flood,
            "four that flood at the same time",
            four,
            Ends::TimedOut,
        )
        .timed(),
        Attack::calls(
            Group::Flood,
            "a call after one that was given up",
            given_up,
            Ends::Harmless(|page, _| page.postings.len() == 2),
        ),
    ]
}

fn four<'a>(stage: &'a Stage, limits: &'a Limits) -> BoxFuture<'a, (Outcome, Duration)> {
    let one = |mut session: Session| async {
        let result = session.discover(&board("log-flood"), &[], None).await;
        session.close().await;
        result
    };
    async move {
        let mut sessions = Vec::new();
        for _ in 0..4 {
            sessions.push(stage.hostile(limits, Arc::new(Pages::default())).await);
        }
        let start = Instant::now();
        let outcome = join_all(sessions.into_iter().map(one)).await;
        (outcome, start.elapsed())
    }
    .boxed()
}

fn given_up<'a>(stage: &'a Stage, limits: &'a Limits) -> BoxFuture<'a, (Outcome, Duration)> {
    async {
        let mut session = stage.hostile(limits, Arc::new(Pages::default())).await;
        let (key, before) = (board("loop"), session.worker_id());
        let start = Instant::now();
        let call = session.discover(&key, &[], None);
        let given_up = tokio::time::timeout(Duration::from_millis(100), call).await;
        assert!(given_up.is_err(), "{given_up:?}");
        let result = session.discover(&board("honest"), &[], None).await;
        assert_ne!(session.worker_id(), before, "its worker went with it");
        let taken = start.elapsed();
        session.close().await;
        (vec![result], taken)
    }
    .boxed()
}
