//! Bare `agentctl`: what waits for the person.

use agent_api::v1::{InboxRequest, InboxResponse};

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{COMMAND, Screen, Span};
use crate::session::{Place, Session};

/// Prints the inbox.
pub(super) async fn run(place: &Place, output: &mut Output) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let inbox = session.daemon().inbox(InboxRequest {}).await?.into_inner();
    output.show(&inbox, draw)
}

fn draw(inbox: &InboxResponse, screen: &mut Screen, _: &Clock) {
    if inbox.items.is_empty() {
        screen
            .line(["Nothing waits for you. New openings show up here after the next sync.".into()]);
        return;
    }
    for item in &inbox.items {
        screen.hanging(["- ".into()], &item.text);
        screen.line(["  ".into(), Span::new(&item.command, COMMAND)]);
    }
}

#[cfg(test)]
mod tests {
    use agent_api::v1::InboxItem;

    use super::*;
    use crate::command::testing::drawn;

    #[test]
    fn each_item_comes_with_the_command_to_type() {
        let item = |text: &str, command: &str| InboxItem {
            kind: "setup".to_owned(),
            text: text.to_owned(),
            command: command.to_owned(),
        };
        let inbox = InboxResponse {
            items: vec![
                item("no CV was read yet", "agentctl init CV"),
                item(
                    "Example Corp: the board answered 404\u{1b}[2J",
                    "agentctl sync ab12cd34",
                ),
            ],
        };
        insta::assert_snapshot!(drawn(&inbox, draw));
        insta::assert_snapshot!("empty", drawn(&InboxResponse::default(), draw));
    }
}
