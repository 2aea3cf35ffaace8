//! The work on one application, followed to its end.

use std::io::IsTerminal;
use std::time::Duration;

use agent_api::v1::{ApplicationProgress, ApplicationRow};
use indicatif::ProgressBar;
use tonic::Streaming;

use crate::error::Failure;
use crate::output::{Format, Output};
use crate::text;

/// Shows each step beside the answer, and gives how it stands at the end.
///
/// Programs get a line of JSON per step.
pub(super) async fn to_end(
    mut steps: Streaming<ApplicationProgress>,
    output: &mut Output,
) -> Result<ApplicationRow, Failure> {
    let moving = output.format == Format::Text && std::io::stderr().is_terminal();
    let line = Line(moving.then(ProgressBar::new_spinner));
    let mut done = None;
    while let Some(step) = steps.message().await? {
        if output.format == Format::Json {
            output.item(&step, |_, _, _| {})?;
        } else if !step.doing.is_empty() {
            line.show(&step.doing, output);
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

/// One moving line on a terminal; else a line per step.
struct Line(Option<ProgressBar>);

impl Line {
    fn show(&self, doing: &str, output: &Output) {
        match &self.0 {
            Some(bar) => {
                bar.enable_steady_tick(Duration::from_millis(120));
                bar.set_message(text::clean(doing));
            }
            None => output.note(&format!("{doing} …")),
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
