//! `agentctl status`: what the daemon is doing.

use agent_api::v1::{StatusResponse, Supervision, UpperVectors};

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{GOOD, Screen, Span, WARN};
use crate::session::{Place, Session};
use crate::text::{bytes, count};

/// Shows the status.
pub(super) async fn run(place: &Place, output: &mut Output) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    output.show(&session.status, draw)
}

fn draw(status: &StatusResponse, screen: &mut Screen, clock: &Clock) {
    let activity = match status.activity.as_str() {
        "" => Span::new("idle", GOOD),
        activity => Span::new(activity, GOOD),
    };
    screen.field("daemon", activity);
    if status.paused {
        screen.field(
            "PAUSED",
            Span::new("nothing is prepared or sent; agentctl unpause", WARN),
        );
    }
    if status.waiting > 0 {
        screen.field(
            "waiting",
            Span::new(
                format!("{} for you; agentctl", count(status.waiting, "application")),
                WARN,
            ),
        );
    }
    screen.field(
        "version",
        format!("{} (protocol {})", status.version, status.protocol),
    );
    screen.field("process", status.pid.to_string());
    screen.field("started", clock.relative(status.started.as_ref()));
    screen.field("home", &status.home);
    screen.field("database", bytes(status.database_bytes));
    screen.field(
        "profile",
        match status.has_profile {
            true => Span::from("read"),
            false => Span::new("none yet; agentctl init CV", WARN),
        },
    );
    screen.field("sources", status.sources.to_string());
    screen.field("plugins", status.plugins.to_string());
    screen.field(
        "jobs",
        format!(
            "{} open, {} closed, {} ranked",
            status.jobs_open, status.jobs_closed, status.jobs_ranked
        ),
    );
    screen.field("vectors", &status.vectors);
    if let Some(upper) = &status.upper {
        draw_upper(upper, screen);
    }
    for call in &status.at_work {
        let text = format!(
            "{} ({}, {} tokens so far)",
            call.model, call.task, call.tokens
        );
        screen.field("model", text);
    }
    let never = |text: String, instead: &str| {
        if text.is_empty() {
            instead.to_owned()
        } else {
            text
        }
    };
    screen.field(
        "last sync",
        never(clock.relative(status.last_sync.as_ref()), "never"),
    );
    screen.field(
        "next sync",
        never(clock.relative(status.next_sync.as_ref()), "not scheduled"),
    );
    if let Some(supervision) = &status.supervision {
        draw_supervision(supervision, screen);
    }
}

/// Who looks after the daemon, and how it reaches the person.
fn draw_supervision(supervision: &Supervision, screen: &mut Screen) {
    let manager = supervision.service_manager.as_str();
    let run = match (manager, supervision.watchdog_seconds) {
        ("", _) => "started by hand; agentctl service install".to_owned(),
        (manager, 0) => manager.to_owned(),
        (manager, seconds) => format!("{manager}, started anew when it hangs for {seconds} s"),
    };
    screen.field("run by", run);
    screen.field(
        "tells you by",
        match supervision.channels.as_slice() {
            [] => "nothing; agentctl notify list --help".to_owned(),
            channels => channels.join(", "),
        },
    );
    if !supervision.notice_problem.is_empty() {
        let text = format!("{}; agentctl notify test", supervision.notice_problem);
        screen.field("", Span::new(text, WARN));
    }
}

/// How far a model's vectors are.
fn draw_upper(upper: &UpperVectors, screen: &mut Screen) {
    if !upper.model.is_empty() && (!upper.serving || upper.done < upper.total) {
        let share = u64::from(upper.done) * 100 / u64::from(upper.total.max(1));
        let text = format!(
            "{} of {} ({share}%) made with {}",
            upper.done,
            count(u64::from(upper.total), "job"),
            upper.model
        );
        screen.field("being made", text);
    }
    if upper.leaves_machine {
        let text = "what is embedded LEAVES THIS MACHINE; agentctl models list";
        screen.field("", Span::new(text, WARN));
    }
    if !upper.problem.is_empty() {
        let text = format!("{}; agentctl models list", upper.problem);
        screen.field("models", Span::new(text, WARN));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::{at, drawn};

    #[test]
    fn the_status_fits_on_one_screen() {
        let status = StatusResponse {
            version: "0.1.0".to_owned(),
            protocol: 1,
            home: "/home/ada/.local/share/agentd".to_owned(),
            pid: 4711,
            started: at("2026-03-02T08:30:00Z"),
            activity: "sync of 3 sources".to_owned(),
            sources: 3,
            plugins: 2,
            jobs_open: 180,
            jobs_closed: 12,
            jobs_ranked: 180,
            has_profile: true,
            last_sync: at("2026-03-01T07:30:00Z"),
            next_sync: at("2026-03-03T07:30:00Z"),
            database_bytes: 5_400_000,
            vectors: "minilm-static-128".to_owned(),
            supervision: Some(Supervision {
                service_manager: "systemd".to_owned(),
                watchdog_seconds: 30,
                channels: vec!["desktop".to_owned(), "ntfy".to_owned()],
                notice_problem: String::new(),
            }),
            ..StatusResponse::default()
        };
        insta::assert_snapshot!(drawn(&status, draw));
        let paused = StatusResponse {
            paused: true,
            waiting: 3,
            supervision: Some(Supervision {
                notice_problem: "ntfy: ntfy.example did not answer in time".to_owned(),
                channels: vec!["ntfy".to_owned()],
                ..Supervision::default()
            }),
            ..status
        };
        insta::assert_snapshot!("paused", drawn(&paused, draw));
        let filling = StatusResponse {
            upper: Some(UpperVectors {
                model: "all-minilm:latest".to_owned(),
                done: 96,
                total: 180,
                problem: "no model server answers at http://127.0.0.1:11434: refused".to_owned(),
                ..UpperVectors::default()
            }),
            ..paused.clone()
        };
        insta::assert_snapshot!("filling", drawn(&filling, draw));
        insta::assert_snapshot!("fresh", drawn(&StatusResponse::default(), draw));
    }
}
