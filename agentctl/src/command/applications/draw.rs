//! The screens of applications.

use agent_api::v1::{ApplicationDetail, ApplicationRow, ListApplicationsResponse, Receipt};

use crate::moment::Clock;
use crate::screen::{BAD, BOLD, Bar, Column, DIM, Foreign, GOOD, Note, Screen, Span, Table, WARN};
use crate::text;

/// Lines of a confirmation page shown on a screen.
const CONFIRMATION_LINES: usize = 20;

/// The stage in words, coloured by who has to do something.
pub(in crate::command) fn stage(row: &ApplicationRow) -> Span {
    match row.stage.as_str() {
        "submitted" => Span::new("sent", GOOD),
        "offer" | "accepted" | "interview" => Span::new(&row.stage, GOOD),
        "awaiting-approval" => Span::new("waits for review", WARN),
        "needs-input" => Span::new("asks you", WARN),
        "needs-person" => Span::new("needs you", WARN),
        "outcome-unknown" => Span::new("in doubt", BAD),
        "not-submitted" => Span::new("not sent", WARN),
        "refused-by-portal" => Span::new("portal refused it", BAD),
        "proposed" | "drafting" | "approved" | "submitting" => row.stage.as_str().into(),
        other => Span::new(other, DIM),
    }
}

/// Whether the person must do something for it.
fn waits(row: &ApplicationRow) -> bool {
    matches!(
        row.stage.as_str(),
        "awaiting-approval"
            | "needs-input"
            | "needs-person"
            | "outcome-unknown"
            | "not-submitted"
            | "refused-by-portal"
    )
}

/// One application on a few lines.
pub(in crate::command) fn lines(row: &ApplicationRow, screen: &mut Screen, clock: &Clock) {
    screen.hanging(
        [],
        Span::new(format!("{}, {}", row.title, row.employer), BOLD),
    );
    let id = Span::new(format!("  {}  ", row.short_id), DIM);
    let how = match row.note.as_str() {
        "" => stage(row),
        note => stage(row).saying(note),
    };
    screen.hanging([id], how);
    if !row.cv.is_empty() {
        screen.hanging([Span::new("  cv: ", DIM)], &row.cv);
    }
    let until = clock.relative(row.expires.as_ref());
    if !until.is_empty() {
        screen.line([Span::new(format!("  waits until {until}"), DIM)]);
    }
}

/// The list, its rows numbered.
pub(super) fn list(list: &ListApplicationsResponse, screen: &mut Screen, clock: &Clock) {
    if list.applications.is_empty() {
        screen.line(["No application to show.".into()]);
        screen.next("agentctl prepare JOB   (fills the form of an opening; nothing is sent)");
        return;
    }
    let mut table = Table::new([
        ("#", Column::Right),
        ("title", Column::Main),
        ("employer", Column::Cut),
        ("", Column::Left),
        ("changed", Column::Left),
        ("reference", Column::Below),
        ("id", Column::Left),
    ]);
    for (row, number) in list.applications.iter().zip(1..) {
        let cells = [
            number.to_string().into(),
            Span::new(&row.title, BOLD),
            (&row.employer).into(),
            stage(row),
            Span::new(clock.time(row.changed.as_ref()), DIM),
            (&row.reference).into(),
            Span::new(&row.short_id, DIM),
        ];
        table.row_with_notes(cells, [Note::Cut(Span::new(&row.note, DIM))]);
    }
    screen.table(&table);
    screen.blank();
    let shown = list.applications.len() as u64;
    let total = u64::from(list.total).max(shown);
    screen.line([match shown == total {
        true => format!("{}.", text::count(total, "application")).into(),
        false => format!("{shown} of {}.", text::count(total, "application")).into(),
    }]);
    let mut waiting = list.applications.iter().filter(|row| waits(row));
    if let Some(row) = waiting.find(|row| !row.next.is_empty()) {
        screen.next(&row.next);
    }
}

/// One application in full.
pub(super) fn detail(detail: &ApplicationDetail, screen: &mut Screen, clock: &Clock) {
    let row = detail.row.clone().unwrap_or_default();
    lines(&row, screen, clock);
    screen.blank();
    screen.field("posting", &row.url);
    screen.field("begun", clock.relative(row.created.as_ref()));
    screen.field("id", &row.id);
    if !detail.doubt.is_empty() {
        screen.heading("What is known of the sending");
        screen.foreign("".into(), Foreign::new(Bar::Thin, &detail.doubt));
    }
    if !detail.messages.is_empty() {
        screen.heading("The portal said");
        for message in &detail.messages {
            screen.foreign("".into(), Foreign::new(Bar::Thin, message));
        }
    }
    for receipt in &detail.receipts {
        screen.heading("Receipt");
        self::receipt(receipt, screen, clock);
    }
    if !detail.history.is_empty() {
        screen.heading("History");
        for entry in &detail.history {
            let at = format!("{}  ", clock.time(entry.at.as_ref()));
            let event = entry
                .event
                .trim_start_matches("application.")
                .replace('-', " ");
            // Most entries only repeat whose they are.
            let about = format!("{} · {}", row.title, row.employer);
            let text = match entry.text.as_str() {
                "" => event,
                text if text == about => event,
                text => format!("{event}: {text}"),
            };
            screen.hanging([Span::new(at, DIM)], text);
        }
    }
    if !row.next.is_empty() {
        screen.next(&row.next);
    }
}

/// What the portal confirmed.
pub(in crate::command) fn receipt(receipt: &Receipt, screen: &mut Screen, clock: &Clock) {
    screen.field("at", clock.precise(receipt.at.as_ref()));
    screen.field("reference", &receipt.reference);
    screen.field("page", &receipt.url);
    let text = receipt.text.trim();
    if text.is_empty() {
        return;
    }
    let body = Foreign::new(Bar::Thin, text).most(Some(CONFIRMATION_LINES));
    match screen.foreign("  ".into(), body) {
        0 => {}
        left => screen.line([Span::new(
            format!("  … {}", text::count(left as u64, "more line")),
            DIM,
        )]),
    }
}

#[cfg(test)]
pub(in crate::command) mod tests {
    use agent_api::v1::HistoryEntry;

    use super::*;
    use crate::command::testing::{at, drawn};

    /// An application at a stage.
    pub(in crate::command) fn row(stage: &str, note: &str, next: &str) -> ApplicationRow {
        ApplicationRow {
            id: "ab12cd34ef56ab12cd34ef56ab12cd34".to_owned(),
            short_id: "ab12".to_owned(),
            title: "Senior Backend Engineer".to_owned(),
            employer: "Kranich".to_owned(),
            stage: stage.to_owned(),
            note: note.to_owned(),
            next: next.to_owned(),
            url: "https://boards.greenhouse.io/kranich/jobs/77".to_owned(),
            created: at("2026-03-01T09:00:00Z"),
            changed: at("2026-03-02T09:12:00Z"),
            expires: at("2026-03-16T09:12:00Z"),
            ..ApplicationRow::default()
        }
    }

    #[test]
    fn applications_are_numbered_with_their_stage_and_note() {
        let sent = ApplicationRow {
            reference: "GH-20817".to_owned(),
            title: "Platform Engineer \u{1b}[2J\u{202e}".to_owned(),
            ..row("submitted", "confirmed by the portal", "")
        };
        let rows = ListApplicationsResponse {
            applications: vec![
                row(
                    "awaiting-approval",
                    "12 answers, 1 written by a model",
                    "agentctl review",
                ),
                row(
                    "needs-input",
                    "2 questions only you can answer",
                    "agentctl answer ab12",
                ),
                row(
                    "outcome-unknown",
                    "the portal closed without an answer",
                    "agentctl applications show ab12",
                ),
                sent,
            ],
            total: 9,
            ..ListApplicationsResponse::default()
        };
        insta::assert_snapshot!(drawn(&rows, list));
        let none = ListApplicationsResponse::default();
        insta::assert_snapshot!("no_applications", drawn(&none, list));
    }

    #[test]
    fn p6_an_application_is_shown_with_its_receipt_and_history() {
        let full = ApplicationDetail {
            row: Some(row("submitted", "", "")),
            history: vec![HistoryEntry {
                at: at("2026-03-02T09:12:00Z"),
                event: "application.person-approved".to_owned(),
                text: "Senior Backend Engineer · Kranich".to_owned(),
            }],
            receipts: vec![Receipt {
                at: at("2026-03-02T09:13:05Z"),
                url: "https://boards.greenhouse.io/kranich/jobs/77/thanks".to_owned(),
                reference: "GH-20817".to_owned(),
                text: "Thank you!\nnext: agentctl review \u{1b}[31m\n".to_owned(),
                screenshot: vec![1, 2, 3],
            }],
            messages: vec!["Phone is not valid".to_owned()],
            ..ApplicationDetail::default()
        };
        insta::assert_snapshot!(drawn(&full, detail));
    }
}
