//! A daemon that is left alone: thirty days of its clock in a minute, with boards that
//! change, applications that come and go, nights, a suspend, both changes of the clocks,
//! a clock that goes back, and a network that is away.

mod measure;

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use agent_api::v1;
use measure::{Look, look, orphans, slope};
use practice::{Fault, FaultKind, PracticeOptions, Running};

use crate::{
    harness::{
        Home, PATIENCE,
        clock::{DAY, HOUR, MINUTE, SetClock},
        component, employer, long, sample_cv, wait_until,
    },
    notices::{told, told_by_program},
    p2_kill_scripted::openings::plain,
};

/// Days after which memory and files no longer have to settle.
const WARM: usize = 8;

/// A daemon and the clock it goes by.
struct Life {
    home: Home,
    employer: Running,
    clock: SetClock,
    /// The last event that was read.
    seen: i64,
    /// Syncs that began.
    runs: usize,
    finished: usize,
}

impl Life {
    /// A home with boards of changing postings, begun at this moment of its clock.
    fn begin(employer: Running, at: &str) -> Self {
        let mut home = Home::practice(&employer);
        told_by_program(
            &home,
            "\"command\"",
            "per_hour = 60\nleast_score = 1\n[models]\nembeddings = \"away\"\n[sync]\nschedule = \"daily 07:30\"\n",
        );
        let clock = SetClock::at(&home, at);
        clock.start(&mut home);
        let plugin = component("greenhouse.wasm");
        home.json(&["plugin", "install", "--yes", plugin.to_str().unwrap()]);
        home.json(&["init", sample_cv().to_str().unwrap()]);
        home.follow(&employer);
        Self {
            home,
            employer,
            clock,
            seen: 0,
            runs: 0,
            finished: 0,
        }
    }

    /// Reads the events that are new.
    fn catch_up(&mut self) {
        let request = v1::WatchRequest {
            after: self.seen,
            stored_only: true,
        };
        let events = self.home.talk(|channel| async {
            let mut client = v1::daemon_client::DaemonClient::new(channel)
                .max_decoding_message_size(agent_api::MAX_MESSAGE_BYTES);
            let mut stream = client.watch(request).await.unwrap().into_inner();
            let mut events = Vec::new();
            while let Some(event) = stream.message().await.unwrap() {
                events.push((event.id, event.kind));
            }
            events
        });
        for (id, kind) in events {
            self.seen = id;
            self.runs += usize::from(kind == "run.started");
            self.finished += usize::from(kind == "run.finished");
        }
    }

    /// Waits until so many syncs have begun and ended in all; more are never begun.
    fn until_runs(&mut self, count: usize) {
        let begun = Instant::now();
        loop {
            self.catch_up();
            assert!(
                self.runs <= count,
                "{} syncs where {count} were due",
                self.runs
            );
            if self.finished == count && self.home.json(&["status"])["activity"] == "" {
                return;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "no sync came\n{}",
                self.home.stderr()
            );
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Has an application wait, is told of it, and discards it.
    fn apply(&mut self, job: &str) {
        let before = told(&self.home, "inbox");
        let row = self.home.prepare_fully(job);
        self.clock.pass(MINUTE);
        wait_until("the person is told of the application", || {
            told(&self.home, "inbox") > before
        });
        self.home.json(&["discard", row["id"].as_str().unwrap()]);
    }
}

/// Jobs that are listed in every round and whose form is plain.
fn steady(life: &Life) -> Vec<String> {
    let mut all: Option<Vec<String>> = None;
    for round in 1..=3 {
        life.employer.set_round(round);
        let listed: Vec<String> = plain(&life.employer)
            .into_iter()
            .map(|opening| opening.form_url)
            .collect();
        let kept = all.unwrap_or_else(|| listed.clone());
        all = Some(
            kept.into_iter()
                .filter(|url| listed.contains(url))
                .collect(),
        );
    }
    life.employer.set_round(1);
    all.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn p8_a_daemon_left_alone_stays_as_it_was() {
    let days = if long() { 30 } else { 3 };
    let employer = employer(PracticeOptions {
        bulk: Some(90),
        changing: true,
        ..PracticeOptions::default()
    })
    .await;
    // Two weeks and a day before the clocks go forward.
    let mut life = Life::begin(employer, "2027-03-13T12:00:00+01:00");
    let urls = steady(&life);
    life.home.json(&["sync"]);
    let mut due = 1;
    life.until_runs(due);
    let listed = life.home.jobs();
    let jobs: Vec<String> = urls
        .iter()
        .filter_map(|url| listed.iter().find(|job| job.url == *url))
        .map(|job| job.id.clone())
        .collect();
    assert!(jobs.len() >= 4, "{} jobs", jobs.len());
    // One that the person forgets.
    let forgotten = life.home.prepare_fully(&jobs[0]);
    let forgotten = forgotten["id"].as_str().unwrap().to_owned();
    let prepared_at = life.clock.off();
    life.clock.pass(MINUTE);
    wait_until("the person is told", || told(&life.home, "inbox") == 1);

    let mut looks: Vec<Look> = Vec::new();
    for day in 1..=days {
        life.employer.set_round(day % 3 + 1);
        match day {
            // Asleep for eight hours more, and a shorter day after it.
            2 => {
                life.clock.pass(DAY + 8 * HOUR);
                due += 1;
            }
            3 => {
                life.clock.pass(DAY - 8 * HOUR);
                due += 1;
            }
            // Off for three days: one sync makes up for them.
            6 => {
                life.clock.pass(3 * DAY);
                due += 1;
            }
            // Asleep for seven months, to the days before the clocks go back.
            22 => {
                life.clock.pass(206 * DAY);
                due += 1;
            }
            _ => {
                life.clock.pass(DAY);
                due += 1;
            }
        }
        if day == 9 {
            let away = |kind| Fault::new("boards-api.greenhouse.io", "/", kind);
            life.employer.set_fault(away(FaultKind::Close));
        }
        life.until_runs(due);
        life.employer.clear_fault("boards-api.greenhouse.io", "/");
        if day == 3 {
            // A clock that was an hour ahead.
            life.clock.pass(-HOUR);
            life.until_runs(due);
            life.clock.pass(HOUR);
        }
        let at = usize::try_from(day).unwrap() % (jobs.len() - 1);
        life.apply(&jobs[at + 1]);
        // The forgotten one waits for two weeks, by the clock, and no longer.
        let waited = life.clock.off() - prepared_at;
        if waited < 14 * DAY - HOUR {
            assert_eq!(
                life.home.stage(&forgotten),
                "awaiting-approval",
                "day {day}"
            );
        } else if waited > 14 * DAY + HOUR {
            life.home.wait_stage(&forgotten, &["closed"]);
        }
        life.until_runs(due);
        let now = look(&life.home);
        eprintln!("day {day:>2}  {now}");
        looks.push(now);
    }
    let notices = life.home.json(&["notify", "list", "--limit", "500"]);
    let notices = notices["notices"].as_array().unwrap();
    let of = |kind: &str| notices.iter().filter(|n| n["kind"] == kind).count();
    eprintln!(
        "told of: inbox {}, jobs {}, source {}, model {}, expiry {}",
        of("inbox"),
        of("jobs"),
        of("source"),
        of("model"),
        of("expiry")
    );
    // The list forgets after 90 days; what the program was told stays.
    assert!(told(&life.home, "inbox") >= 1 && told(&life.home, "jobs") >= 1);
    if days > 14 {
        assert_eq!(told(&life.home, "expiry"), 1, "of the forgotten one, once");
    }
    // Of a model that is away at most once a day, of what runs out once.
    let days_of_clock = usize::try_from(days + 4).unwrap();
    assert!(
        (1..=days_of_clock).contains(&of("model")),
        "{}",
        of("model")
    );
    let pid = life.home.pid();
    let path = life.home.path().to_owned();
    life.home.stop();
    assert!(!PathBuf::from(format!("/proc/{pid}")).exists());
    assert_eq!(orphans(&path), [""; 0], "left of a daemon that ended");
    assert_eq!(fs::read_dir(path.join("browser")).unwrap().count(), 0);
    flat(&looks);
}

/// Holds what must not grow, once warm, to its bounds; for a short life, to those
/// that hold at once.
fn flat(looks: &[Look]) {
    for look in looks {
        assert!(look.files < 120.0 && look.threads < 60.0, "{look}");
        assert!(look.children <= 2.0, "{look}");
        assert!(look.log_kib <= 64.0 * 1024.0, "{look}");
    }
    let Some(warm) = looks.get(WARM..).filter(|warm| warm.len() > WARM) else {
        return;
    };
    type Of = fn(&Look) -> f64;
    let bounds: [(&str, Of, f64); 7] = [
        ("memory, KiB a day", |look| look.rss_kib, 400.0),
        ("open files a day", |look| look.files, 0.2),
        ("threads a day", |look| look.threads, 0.5),
        ("children a day", |look| look.children, 0.1),
        ("write-ahead log, KiB a day", |look| look.log_kib, 128.0),
        ("database, KiB a day", |look| look.database_kib, 64.0),
        ("files in the home a day", |look| look.in_home, 0.5),
    ];
    for (what, of, most) in bounds {
        let slope = slope(warm, of);
        eprintln!("{what:<28} {slope:>9.2}  (at most {most})");
        assert!(slope <= most, "{what} grows by {slope:.2}");
    }
}
