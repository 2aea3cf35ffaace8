//! What became of a signed application.

use agent_api::v1::{ApplicationDetail, ApplicationRow, FollowRequest, ShowApplicationRequest};

use crate::command::{applications, follow};
use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{BAD, Bar, COMMAND, Foreign, GOOD, Screen, Span, WARN};
use crate::session::Session;

/// Follows the sending to its end and shows what came of it.
pub(super) async fn show(
    row: ApplicationRow,
    session: &Session,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut applications = session.applications();
    let request = FollowRequest { id: row.id.clone() };
    let steps = applications.follow(request).await?.into_inner();
    let done = follow::to_end(steps, output).await?;
    let request = ShowApplicationRequest { id: row.id };
    let mut detail = applications.show(request).await?.into_inner();
    detail.row = Some(done);
    let mut screen = output.screen();
    draw(&detail, &mut screen, &output.clock);
    output.print(screen)
}

fn draw(detail: &ApplicationDetail, screen: &mut Screen, clock: &Clock) {
    let row = detail.row.clone().unwrap_or_default();
    screen.blank();
    let (headline, hint) = match row.stage.as_str() {
        "submitted" => (Span::new("SENT. The portal confirmed it.", GOOD.bold()), ""),
        "awaiting-approval" => (
            Span::new("NOT SENT. It is back in review.", WARN.bold()),
            "What differs from what you signed is shown first there.",
        ),
        "outcome-unknown" => (
            Span::new(
                "IN DOUBT. It may have arrived, or not; it is not sent again by itself.",
                BAD.bold(),
            ),
            "Look for a mail or at the portal, then say what you found, with --sent or --not-sent:",
        ),
        "not-submitted" => (
            Span::new(
                "NOT SENT. The form did not leave this machine.",
                WARN.bold(),
            ),
            "",
        ),
        "refused-by-portal" => (
            Span::new("REFUSED. The portal did not take the form.", BAD.bold()),
            "",
        ),
        "needs-person" => (
            Span::new("NOT SENT. It needs you.", WARN.bold()),
            "The answers are there as a sheet, for you to fill in:",
        ),
        _ => (applications::draw::stage(&row), ""),
    };
    screen.line([headline]);
    if !row.note.is_empty() && row.stage != "submitted" {
        screen.foreign("  ".into(), Foreign::new(Bar::Thin, &row.note));
    }
    for message in &detail.messages {
        screen.foreign(
            "  the portal said ".into(),
            Foreign::new(Bar::Thin, message),
        );
    }
    if row.stage == "submitted"
        && let Some(receipt) = detail.receipts.last()
    {
        applications::draw::receipt(receipt, screen, clock);
    }
    if !hint.is_empty() {
        screen.hanging(["  ".into()], Span::from(hint));
    }
    if !row.next.is_empty() && row.stage != "submitted" {
        screen.line(["  ".into(), Span::new(&row.next, COMMAND)]);
    }
}

#[cfg(test)]
mod tests {
    use agent_api::v1::Receipt;

    use super::*;
    use crate::command::applications::draw::tests::row;
    use crate::command::testing::{at, drawn};

    #[test]
    fn each_outcome_says_whether_it_was_sent_and_what_to_do() {
        let check = |stage: &str, note: &str, next: &str| {
            let detail = ApplicationDetail {
                row: Some(row(stage, note, next)),
                receipts: vec![Receipt {
                    at: at("2026-03-02T09:59:05Z"),
                    url: "https://boards.greenhouse.io/kranich/jobs/77/thanks".to_owned(),
                    reference: "GH-20817".to_owned(),
                    text: "Thank you!".to_owned(),
                    ..Receipt::default()
                }],
                ..ApplicationDetail::default()
            };
            drawn(&detail, draw)
        };
        let all: String = [
            check("submitted", "", ""),
            check(
                "awaiting-approval",
                "the label of a field changed",
                "agentctl review ab12",
            ),
            check(
                "outcome-unknown",
                "the portal closed without an answer",
                "agentctl applications settle ab12",
            ),
            check("not-submitted", "paused", "agentctl review ab12"),
            check("refused-by-portal", "2 messages", "agentctl prepare ab12"),
            check(
                "needs-person",
                "a captcha was posed",
                "agentctl prepare --by-hand ab12",
            ),
        ]
        .concat();
        insta::assert_snapshot!(all);
    }
}
