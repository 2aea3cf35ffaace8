//! Whether a component tells a bad answer of its portal by the right name: the
//! host acts on the name. A board that is `gone` is closed, one that `changed`
//! is left alone.

use super::report::{Kind, Report};
use super::run::Run;
use super::stage::Stage;
use crate::error::{PluginError, PortalError};
use crate::fetch::FetchError;
use crate::host::Reach;

/// An answer that no reader can make sense of: it ends in the middle, whatever
/// the format.
const HALF: &str = "{\"jobs\":[{\"id\":1,\"<";

/// A bad day of a portal, and whether an error is a right name for it.
struct Day {
    name: &'static str,
    answer: Result<(u16, &'static str), FetchError>,
    right: fn(&PortalError) -> bool,
    expected: &'static str,
}

fn days() -> Vec<Day> {
    let day = |name, status, body, right, expected| Day {
        name,
        answer: Ok((status, body)),
        right,
        expected,
    };
    vec![
        day(
            "status 404",
            404,
            "not found",
            |error| matches!(error, PortalError::Gone(_) | PortalError::Invalid(_)),
            "gone",
        ),
        day(
            "status 403",
            403,
            "forbidden",
            |error| matches!(error, PortalError::Blocked(_) | PortalError::NeedsLogin),
            "blocked",
        ),
        day(
            "status 429",
            429,
            "slow down",
            |error| matches!(error, PortalError::RateLimited(_)),
            "rate-limited",
        ),
        day(
            "status 500",
            500,
            "oops",
            |error| matches!(error, PortalError::Fetch(_)),
            "fetch",
        ),
        Day {
            name: "no answer",
            answer: Err(FetchError::Failed {
                why: "connection refused".to_owned(),
            }),
            right: |error| matches!(error, PortalError::Fetch(_)),
            expected: "fetch",
        },
    ]
}

/// Plays the bad days of a portal.
pub(super) async fn errors(run: &mut Run<'_>, stage: &Stage, reach: Reach, report: &mut Report) {
    for day in days() {
        stage.always(day.answer.clone());
        let call = run.session.discover(run.board, &[], None).await;
        let told = call.map(|_| "a page".to_owned());
        judge(&day, told, report);
    }
    stage.always(Ok((200, HALF)));
    match run.session.discover(run.board, &[], None).await {
        Err(PluginError::Portal {
            error: PortalError::Changed(_),
            ..
        }) => {}
        // A careers page without any posting is as good a page as another.
        Ok(page) if reach == Reach::Any && page.postings.is_empty() => {}
        Err(PluginError::Portal { .. }) if reach == Reach::Any => {}
        Ok(page) => report.find(
            Kind::Error,
            format!(
                "an answer in another shape is read as a board of {} postings; tell it as \
                 `changed`, or its jobs are closed",
                page.postings.len()
            ),
        ),
        Err(PluginError::Portal { error, .. }) => report.find(
            Kind::Error,
            format!("an answer in another shape is told as \"{error}\"; tell it as `changed`"),
        ),
        Err(error) => report.call_failed("discover, with an answer in another shape", &error),
    }
    // A cursor of another plugin's making.
    if let Err(error) = run
        .session
        .discover(run.board, &[], Some("\u{1f511} no cursor"))
        .await
        && !matches!(error, PluginError::Portal { .. })
    {
        report.call_failed("discover, with a wrong cursor", &error);
    }
}

fn judge(day: &Day, told: Result<String, PluginError>, report: &mut Report) {
    let told = match told {
        Ok(told) => told,
        Err(PluginError::Portal { error, .. }) if (day.right)(&error) => return,
        Err(PluginError::Portal { error, .. }) => format!("\"{error}\""),
        Err(error) => {
            report.call_failed(&format!("discover, with {}", day.name), &error);
            return;
        }
    };
    report.find(
        Kind::Error,
        format!(
            "{} is told as {told}; tell it as `{}`",
            day.name, day.expected
        ),
    );
}
