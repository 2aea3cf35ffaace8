//! Waiting until a page shows its form, and what else it may show instead.

use std::time::Duration;

use agent_core::form::Recipe;
use tokio::time::{Instant, sleep};

use super::{
    page::{Key, Page},
    raw::RawPage,
    read::{Reading, read, scan},
};
use crate::{devtools::DevtoolsError, session::BrowserError};

/// Between two looks at the page.
const PAUSE: Duration = Duration::from_millis(120);

/// How long a page without a form is given when everything of it is loaded.
const FORMLESS: Duration = Duration::from_secs(4);

/// How long a list may take to open.
const OPENING: Duration = Duration::from_millis(1500);

/// Words of pages whose posting is closed, lower case.
const CLOSED: [&str; 10] = [
    "no longer available",
    "no longer accepting",
    "no longer open",
    "no longer active",
    "no longer exists",
    "has been filled",
    "position is closed",
    "job not found",
    "nicht mehr verfügbar",
    "n'est plus disponible",
];

/// Waits until the form stands still, and reads it.
pub(crate) async fn settle(
    page: &mut Page,
    recipe: &Recipe,
    patience: Duration,
) -> Result<Reading, BrowserError> {
    let deadline = Instant::now() + patience;
    let mut formless = None;
    let mut last: Option<RawPage> = None;
    loop {
        match scan(page, recipe).await {
            Err(error) if error.navigated() => last = None,
            Err(error) => return Err(gone(&error, "while the page loaded")),
            Ok(now) => {
                let there = (now.form && now.submit) || now.stop.is_some();
                if now.complete && matches!(now.status, 404 | 410) {
                    return Err(BrowserError::Closed {
                        url: recipe.url.clone(),
                    });
                }
                if now.url.starts_with("chrome-error:") {
                    return Err(BrowserError::Load {
                        url: recipe.url.clone(),
                        why: "the site could not be reached through the gate".to_owned(),
                    });
                }
                if now.complete && there && last.as_ref().is_some_and(|last| same(last, &now)) {
                    match read(page, recipe).await {
                        Err(error) if error.navigated() => {}
                        read => {
                            return read.map_err(|error| gone(&error, "while the page was read"));
                        }
                    }
                }
                if now.complete && !there && now.url.starts_with("http") {
                    let since = *formless.get_or_insert_with(Instant::now);
                    if since.elapsed() > FORMLESS || Instant::now() > deadline {
                        return Err(without_form(page, recipe, &now).await);
                    }
                } else {
                    formless = None;
                }
                last = Some(now);
            }
        }
        if Instant::now() > deadline {
            return Err(match last {
                Some(now) if now.url.starts_with("http") => without_form(page, recipe, &now).await,
                Some(_) | None => BrowserError::Load {
                    url: recipe.url.clone(),
                    why: format!("it took longer than {} s", patience.as_secs()),
                },
            });
        }
        sleep(PAUSE).await;
    }
}

/// Whether nothing a person sees has changed between two looks.
fn same(before: &RawPage, now: &RawPage) -> bool {
    (&before.controls, &before.action, before.stop) == (&now.controls, &now.action, now.stop)
}

async fn without_form(page: &mut Page, recipe: &Recipe, now: &RawPage) -> BrowserError {
    let said = page
        .ask("text", serde_json::json!([]))
        .await
        .unwrap_or_default();
    let said = said
        .as_str()
        .unwrap_or_default()
        .to_lowercase()
        .replace('’', "'");
    // Greenhouse leads a closed posting's address to its board, and says so there.
    let turned_away = now.url.contains("error=true");
    if !now.form && (turned_away || CLOSED.iter().any(|words| said.contains(words))) {
        return BrowserError::Closed {
            url: recipe.url.clone(),
        };
    }
    let what = match now.form {
        true => format!("there is no {} to send it with", recipe.submit),
        false => format!("the page has no form {}", recipe.form),
    };
    BrowserError::Changed { what }
}

/// Opens each list whose choices are not known, notes them, and closes it again.
pub(crate) async fn open_lists(page: &mut Page, reading: &Reading) -> Result<bool, DevtoolsError> {
    let mut opened = false;
    for field in reading.fields.iter().filter(|field| field.unopened) {
        let index = field.control.index;
        if let Some(choices) = open_list(page, index, true).await? {
            tracing::debug!(
                field = field.control.name,
                choices = choices.len(),
                "opened a list"
            );
        } else {
            page.ask("offers", serde_json::json!([index, []])).await?;
        }
        page.press(Key::Escape).await?;
        page.ask("leave", serde_json::json!([index])).await?;
        opened = true;
    }
    Ok(opened)
}

/// Opens the list of a combobox: its choices, or none when no list comes.
pub(super) async fn open_list(
    page: &mut Page,
    index: usize,
    keep: bool,
) -> Result<Option<Vec<String>>, DevtoolsError> {
    let asked = serde_json::json!([index, keep]);
    let point = page.ask("point", serde_json::json!([index, 0])).await?;
    if let Some((x, y)) = at(&point) {
        page.click_at(x, y).await?;
    }
    let mut pressed = false;
    let deadline = Instant::now() + OPENING;
    while Instant::now() < deadline {
        let list = page.ask("list", asked.clone()).await?;
        if let Ok(Some(choices)) = serde_json::from_value::<Option<Vec<String>>>(list)
            && !choices.is_empty()
        {
            return Ok(Some(choices));
        }
        if !pressed && Instant::now() + OPENING / 2 > deadline {
            // Some open by key alone.
            page.press(Key::ArrowDown).await?;
            pressed = true;
        }
        sleep(Duration::from_millis(30)).await;
    }
    Ok(None)
}

/// A point the script found.
pub(super) fn at(point: &serde_json::Value) -> Option<(f64, f64)> {
    Some((point.get("x")?.as_f64()?, point.get("y")?.as_f64()?))
}

/// What a lost browser means to the person.
pub(crate) fn gone(error: &DevtoolsError, when: &str) -> BrowserError {
    let what = match error {
        DevtoolsError::Closed | DevtoolsError::Connect { .. } => format!("ended {when}"),
        DevtoolsError::Refused { .. } | DevtoolsError::Timeout { .. } => {
            format!("could not go on {when}: {error}")
        }
    };
    BrowserError::Gone { what }
}
