//! Shows a long screen page by page.

use crate::error::Failure;
use crate::output::Output;
use crate::screen::Screen;

/// Lines of a page where the terminal does not tell its height.
const LINES: usize = 24;

/// Shows a screen a page at a time; `q` ends it.
pub(super) fn page(screen: Screen, output: &mut Output) -> Result<(), Failure> {
    let height = output.height().unwrap_or(LINES).saturating_sub(2).max(4);
    let pages = screen.pages(height);
    let last = pages.len();
    for (page, number) in pages.into_iter().zip(1..) {
        if number == last {
            return output.print(page);
        }
        let prompt = format!("-- page {number} of {last}: Enter goes on, q ends --");
        match output.ask(page, &prompt)? {
            Some(typed) if typed.trim() != "q" => {}
            Some(_) | None => return Ok(()),
        }
    }
    Ok(())
}
