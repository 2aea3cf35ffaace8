//! The line beside the answer that says what is being done.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::ProgressBar;

use crate::output::Format;
use crate::text;

/// A line that moves where a person watches a terminal, and is gone with its end;
/// elsewhere there is none.
pub(crate) struct MovingLine(Option<ProgressBar>);

impl MovingLine {
    /// An empty line.
    pub(crate) fn new(format: Format) -> Self {
        let moving = format == Format::Text && std::io::stderr().is_terminal();
        let bar = moving.then(ProgressBar::new_spinner);
        if let Some(bar) = &bar {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Self(bar)
    }

    /// Says `doing` in place of what it said; `false` where no line moves, so that
    /// a step needs a line of its own.
    pub(crate) fn says(&self, doing: &str) -> bool {
        if let Some(bar) = &self.0 {
            bar.set_message(text::clean(doing));
        }
        self.0.is_some()
    }

    /// Prints something that stays, above the line.
    pub(crate) fn above(&self, print: impl FnOnce()) {
        match &self.0 {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }
}

impl Drop for MovingLine {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moving_line_cannot_move_the_cursor() {
        let line = MovingLine(Some(ProgressBar::hidden()));
        assert!(line.says("reading Kra\u{1b}[Anich\n1 of 2"));
        let bar = line.0.as_ref().unwrap();
        assert!(bar.message().starts_with("reading Kra[Anich"));
        assert!(!bar.message().chars().any(char::is_control));
        assert!(
            !MovingLine(None).says("reading"),
            "a line of its own is due"
        );
    }
}
