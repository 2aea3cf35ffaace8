//! `agentctl doctor`: checks the set-up.

use agent_api::v1::finding::Level;
use agent_api::v1::{DoctorRequest, DoctorResponse};

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{BAD, COMMAND, GOOD, Screen, Span, WARN};
use crate::session::{Place, Session};
use crate::text::count;

/// Shows the findings; fails when one is a fault.
pub(super) async fn run(place: &Place, output: &mut Output) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let answer = session
        .daemon()
        .doctor(DoctorRequest {})
        .await?
        .into_inner();
    output.show(&answer, draw)?;
    match faults(&answer) {
        0 => Ok(()),
        faults => {
            Err(Failure::refused(format!("{} found", count(faults, "fault"))).reason("faults"))
        }
    }
}

fn faults(answer: &DoctorResponse) -> u64 {
    let faults = answer
        .findings
        .iter()
        .filter(|finding| finding.level() == Level::Fault);
    faults.count() as u64
}

fn draw(answer: &DoctorResponse, screen: &mut Screen, _: &Clock) {
    for finding in &answer.findings {
        let level = match finding.level() {
            Level::Ok => Span::new("ok     ", GOOD),
            Level::Note => Span::new("note   ", WARN),
            Level::Fault => Span::new("FAULT  ", BAD),
            Level::Unspecified => Span::from("?      "),
        };
        let check = format!("{:<10} ", finding.check).into();
        screen.hanging([level, check], &finding.message);
        if !finding.hint.is_empty() {
            let margin = " ".repeat(18).into();
            screen.hanging([margin], Span::new(&finding.hint, COMMAND));
        }
    }
}

#[cfg(test)]
mod tests {
    use agent_api::v1::Finding;

    use super::*;
    use crate::command::testing::drawn;

    #[test]
    fn faults_are_counted_and_come_with_a_hint() {
        let finding = |level: Level, check: &str, message: &str, hint: &str| Finding {
            level: level.into(),
            check: check.to_owned(),
            message: message.to_owned(),
            hint: hint.to_owned(),
        };
        let answer = DoctorResponse {
            findings: vec![
                finding(Level::Ok, "database", "writable, 5.1 MiB", ""),
                finding(
                    Level::Note,
                    "profile",
                    "no CV was read yet",
                    "agentctl init CV",
                ),
                finding(
                    Level::Fault,
                    "plugins",
                    "greenhouse.wasm cannot be compiled",
                    "agentctl plugin check greenhouse.wasm",
                ),
            ],
        };
        assert_eq!(faults(&answer), 1);
        insta::assert_snapshot!(drawn(&answer, draw));
    }
}
