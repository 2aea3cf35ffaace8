//! `agentctl plugin remove`: takes a component out again.

use agent_api::v1::{RemovePluginRequest, RemovedPlugin};

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{BOLD, Screen, Span};
use crate::session::{Place, Session};

/// What was typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Id of the plugin
    id: String,
}

/// Removes a plugin.
pub(super) async fn run(args: Args, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let request = RemovePluginRequest { id: args.id };
    let removed = session.plugins().remove(request).await?.into_inner();
    output.show(&removed, draw)
}

fn draw(removed: &RemovedPlugin, screen: &mut Screen, _: &Clock) {
    screen.line([
        "Removed ".into(),
        Span::new(&removed.id, BOLD),
        format!(" {}", removed.version).into(),
    ]);
    if removed.boards.is_empty() {
        return;
    }
    screen.line(["These boards stay in your list, and nothing reads them now:".into()]);
    for board in &removed.boards {
        screen.cut_line(["  ".into(), board.into()]);
    }
    screen.next("agentctl plugin install FILE   (or agentctl source remove, for each)");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::drawn;

    #[test]
    fn the_boards_that_nothing_reads_now_are_named() {
        let removed = RemovedPlugin {
            id: "acme".to_owned(),
            version: "0.1.0".to_owned(),
            boards: vec!["Kranich  https://jobs.acme.example/kranich".to_owned()],
        };
        insta::assert_snapshot!(drawn(&removed, draw));
        let alone = RemovedPlugin {
            boards: Vec::new(),
            ..removed
        };
        assert_eq!(drawn(&alone, draw), "Removed acme 0.1.0\n");
    }
}
