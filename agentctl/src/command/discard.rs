//! `agentctl discard`: the person's no.

use agent_api::v1::{ApplicationRow, DiscardRequest};

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::rows;
use crate::screen::{BOLD, DIM, Screen, Span};
use crate::session::{Place, Session};

/// Say no to an application: it is not sent.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  agentctl discard 2\n  agentctl discard ab12 --reason \"too far away\"\n\n\
    An employer's no is another thing: it is called rejected."
)]
pub(crate) struct Args {
    /// Unique beginning of its id, or its row in the last list
    application: String,
    /// Why, for yourself
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    reason: String,
}

/// Discards an application.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let id = rows::resolve(rows::latest(&place.home), &place.home, &args.application)?;
    let session = Session::open(place, output).await?;
    let request = DiscardRequest {
        id,
        reason: args.reason,
    };
    let row = session.applications().discard(request).await?.into_inner();
    output.show(&row, draw)
}

/// Says what was discarded.
pub(super) fn draw(row: &ApplicationRow, screen: &mut Screen, _: &Clock) {
    screen.hanging(
        ["Discarded: ".into()],
        Span::new(format!("{}, {}", row.title, row.employer), BOLD),
    );
    screen.line(["It is not sent.".into()]);
    if !row.next.is_empty() {
        let again = format!("To take it up again: {}", row.next);
        screen.line([Span::new(again, DIM)]);
    }
}
