//! `agentctl pause` and `agentctl unpause`: the kill switch.

use agent_api::v1::{PauseRequest, PauseResponse};

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{GOOD, Screen, Span, WARN};
use crate::session::{Place, Session};

/// Which way the switch is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Switch {
    /// Nothing is prepared or sent any more.
    Pause,
    /// Work goes on.
    Unpause,
}

/// Turns the switch.
pub(super) async fn run(switch: Switch, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let mut daemon = session.daemon();
    let answer = match switch {
        Switch::Pause => daemon.pause(PauseRequest {}).await?,
        Switch::Unpause => daemon.unpause(PauseRequest {}).await?,
    };
    output.show(&answer.into_inner(), draw)
}

fn draw(answer: &PauseResponse, screen: &mut Screen, _: &Clock) {
    let already = if answer.unchanged { " already" } else { "" };
    if answer.paused {
        let now = Span::new(format!("Paused{already}."), WARN);
        let what = " Nothing is prepared or sent; a sending that was under way was cut.";
        screen.line([now, what.into()]);
        screen.next("agentctl unpause   (when work may go on)");
    } else {
        let now = Span::new(format!("Not paused{already}."), GOOD);
        screen.line([now, " What you sign is sent.".into()]);
        screen.next("agentctl");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::testing::drawn;

    fn check(paused: bool, unchanged: bool, expected: &str) {
        let text = drawn(&PauseResponse { paused, unchanged }, draw);
        assert_eq!(text.lines().next(), Some(expected));
    }

    #[test]
    fn the_switch_says_how_it_stands() {
        let cut = "Nothing is prepared or sent; a sending that was under way was cut.";
        check(true, false, &format!("Paused. {cut}"));
        check(true, true, &format!("Paused already. {cut}"));
        check(false, false, "Not paused. What you sign is sent.");
        check(false, true, "Not paused already. What you sign is sent.");
    }
}
