//! `agentctl goal`: a sentence becomes a plan, and the plan is carried out.

use agent_api::v1::{FollowGoalRequest, Goal, MakeGoalRequest};

use super::goals::draw;
use crate::error::Failure;
use crate::moving::MovingLine;
use crate::output::{Format, Output};
use crate::session::{Place, Session};

/// Say what you want in a sentence; the agent plans it and does it.
///
/// A local model makes the plan where one answers, else rules do; the plan says who
/// made it. A goal may read the boards you follow, pick openings, prepare applications
/// and report. It never sends anything: what it prepares waits for your review.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    agentctl goal \"five backend roles in Berlin or remote, over 80k, and prepare the best three\"\n  \
    agentctl goal --dry-run \"remote Rust jobs scoring over 70\"\n  \
    agentctl goal \"prepare every new posting over 80, at most three a day\"\n  \
    agentctl goal \"what should I learn next?\"\n\n\
    The work goes on in the daemon when this command is interrupted.")]
pub(crate) struct Args {
    /// What you want, in one sentence
    #[arg(required = true, value_name = "SENTENCE")]
    sentence: Vec<String>,
    /// Show the plan and do nothing
    #[arg(long, conflicts_with = "no_wait")]
    dry_run: bool,
    /// Keep the goal: it follows every sync, for postings that are new by then
    #[arg(long)]
    standing: bool,
    /// Do not wait for the end
    #[arg(long)]
    no_wait: bool,
}

/// Plans the sentence, shows the plan, and follows the work.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let request = MakeGoalRequest {
        sentence: args.sentence.join(" "),
        dry_run: args.dry_run,
        standing: args.standing,
    };
    let line = MovingLine::new(output.format);
    line.says("planning");
    let goal = session.goals().make(request).await?.into_inner();
    drop(line);
    let follows = !args.dry_run && !args.no_wait && goal.state == "working";
    if follows && output.format == Format::Text {
        let mut screen = output.screen();
        draw::plan(&goal, &mut screen, &output.clock);
        output.print(screen)?;
    } else {
        output.item(&goal, draw::plan)?;
    }
    if !follows {
        return Ok(());
    }
    let goal = follow(&session, goal.id, output).await?;
    if output.format == Format::Text {
        let mut screen = output.screen();
        draw::outcome(&goal, &mut screen, &output.clock);
        output.print(screen)?;
    }
    match goal.state.as_str() {
        "dead" => Err(
            Failure::refused(format!("the goal was given up: {}", goal.note))
                .reason("goal-dead")
                .hint(goal.next),
        ),
        _ => Ok(()),
    }
}

/// Shows each step as it ends, and gives the goal at rest.
async fn follow(session: &Session, id: String, output: &mut Output) -> Result<Goal, Failure> {
    let request = FollowGoalRequest { id };
    let mut changes = session.goals().follow(request).await?.into_inner();
    let line = MovingLine::new(output.format);
    let mut told = 0;
    let mut last = None;
    while let Some(goal) = changes.message().await? {
        if output.format == Format::Json {
            output.item(&goal, |_, _, _| {})?;
        } else {
            let ended = goal
                .steps
                .iter()
                .take_while(|step| draw::is_over(step))
                .count();
            for step in goal.steps.iter().take(ended).skip(told) {
                line.above(|| output.note(&draw::ended(step)));
            }
            told = told.max(ended);
            if let Some(step) = goal.steps.iter().find(|step| !draw::is_over(step)) {
                line.says(&draw::doing(step));
            }
        }
        last = Some(goal);
    }
    drop(line);
    last.ok_or_else(|| {
        Failure::refused("the daemon ended the work early")
            .reason("work-ended")
            .hint("nothing is lost; see how it stands with: agentctl goals list")
    })
}
