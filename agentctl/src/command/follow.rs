//! The work on one application, followed to its end.

use agent_api::v1::{ApplicationProgress, ApplicationRow};
use tonic::Streaming;

use crate::error::Failure;
use crate::moving::MovingLine;
use crate::output::{Format, Output};

/// Shows each step beside the answer, and gives how it stands at the end.
///
/// Programs get a line of JSON per step.
pub(super) async fn to_end(
    mut steps: Streaming<ApplicationProgress>,
    output: &mut Output,
) -> Result<ApplicationRow, Failure> {
    let line = MovingLine::new(output.format);
    let mut done = None;
    while let Some(step) = steps.message().await? {
        if output.format == Format::Json {
            output.item(&step, |_, _, _| {})?;
        } else if !step.doing.is_empty() && !line.says(&step.doing) {
            output.note(&format!("{} …", step.doing));
        }
        done = step.done.or(done);
    }
    drop(line);
    done.ok_or_else(|| {
        Failure::refused("the daemon ended the work early")
            .reason("work-ended")
            .hint("nothing is lost; see how it stands with: agentctl applications list")
    })
}
