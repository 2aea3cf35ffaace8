//! Putting values into controls, as a person at the keyboard does where it can
//! be done so, and never pressing Enter.

use std::{path::Path, time::Duration};

use agent_approval::{FieldKind, Sha256};
use agent_core::form::{FileToSend, Filling, Put};
use serde_json::{Value as Json, json};
use tokio::time::{Instant, sleep};

use super::{
    load::{at, gone, open_list},
    page::{Key, Page},
    read::{Read, squeeze},
};
use crate::{devtools::DevtoolsError, session::BrowserError};

/// How long a choice may take to show.
const SHOWING: Duration = Duration::from_secs(3);

/// Puts `filling` into the control that `read` describes.
pub(crate) async fn fill(
    page: &mut Page,
    read: &Read,
    filling: &Filling,
) -> Result<(), BrowserError> {
    let control = &read.control;
    let index = control.index;
    let done = match (&filling.put, control.kind) {
        (Put::Text(text), FieldKind::Text) => put_text(page, index, &one_line(text)).await,
        (Put::Text(text), FieldKind::LongText) => {
            put_text(page, index, &text.replace("\r\n", "\n").replace('\r', "\n")).await
        }
        (Put::Choose(texts), FieldKind::Select | FieldKind::MultiSelect) => {
            choose(page, index, texts).await
        }
        (Put::Choose(texts), FieldKind::Combobox) => pick(page, index, texts).await,
        (Put::Choose(texts), FieldKind::Radio | FieldKind::CheckboxGroup) => {
            tick_all(page, read, texts).await
        }
        (Put::Tick(ticked), FieldKind::Checkbox) => tick(page, read, *ticked).await,
        (Put::File(file), FieldKind::File) => attach(page, index, &file.path).await,
        (put, kind) => Err(Refusal::Field(format!(
            "{} does not go into a {kind:?}",
            words(put)
        ))),
    };
    done.map_err(|refusal| match refusal {
        Refusal::Field(why) => BrowserError::Field {
            field: control.name.clone(),
            why,
        },
        Refusal::Devtools(error) => gone(&error, "while the form was filled"),
    })
}

/// Why a value could not be put in.
enum Refusal {
    Field(String),
    Devtools(DevtoolsError),
}

impl From<DevtoolsError> for Refusal {
    fn from(error: DevtoolsError) -> Self {
        Self::Devtools(error)
    }
}

async fn put_text(page: &mut Page, index: usize, text: &str) -> Result<(), Refusal> {
    let marked = page.ask("mark", json!([index])).await?;
    match marked.as_str() {
        Some("picked") => {
            page.ask("put", json!([index, text])).await?;
        }
        Some("marked") if text.is_empty() => page.press(Key::Backspace).await?,
        Some("empty") if text.is_empty() => {}
        Some("marked" | "empty") => {
            let typed = lay_lines(page, index, text).await?;
            page.type_text(typed).await?;
        }
        other => {
            return Err(Refusal::Field(
                other.unwrap_or("it cannot be read").to_owned(),
            ));
        }
    }
    page.ask("leave", json!([index])).await?;
    Ok(())
}

/// Puts many lines in place at once and gives what is left to type: the last
/// character, so that the page hears of them all as of typing. Chromium's own typing
/// takes time with the square of the number of lines.
async fn lay_lines<'text>(
    page: &mut Page,
    index: usize,
    text: &'text str,
) -> Result<&'text str, DevtoolsError> {
    let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
    let (lines, rest) = text.split_at(last);
    let laid = lines.contains('\n') && page.ask("lay", json!([index, lines])).await? == true;
    Ok(if laid { rest } else { text })
}

async fn choose(page: &mut Page, index: usize, texts: &[String]) -> Result<(), Refusal> {
    let texts: Vec<_> = texts.iter().map(|text| squeeze(text)).collect();
    let answer = page.ask("choose", json!([index, texts])).await?;
    page.ask("leave", json!([index])).await?;
    match answer.as_str() {
        None => Ok(()),
        Some(why) => Err(Refusal::Field(why.to_owned())),
    }
}

async fn pick(page: &mut Page, index: usize, texts: &[String]) -> Result<(), Refusal> {
    let wanted = match texts {
        [] => return Ok(()),
        [one] => squeeze(one),
        _ => return Err(Refusal::Field("it takes one choice".to_owned())),
    };
    open_list(page, index, false).await?;
    let mut place = page.ask("pick", json!([index, wanted])).await?;
    if at(&place).is_none() {
        // A long list shows a part until something is typed.
        page.type_text(&wanted).await?;
    }
    let deadline = Instant::now() + SHOWING;
    while at(&place).is_none() {
        if Instant::now() > deadline {
            page.press(Key::Escape).await?;
            page.ask("leave", json!([index])).await?;
            return Err(Refusal::Field(format!("there is no choice {wanted:?}")));
        }
        sleep(Duration::from_millis(30)).await;
        place = page.ask("pick", json!([index, wanted])).await?;
    }
    if let Some((x, y)) = at(&place) {
        page.click_at(x, y).await?;
    }
    page.ask("leave", json!([index])).await?;
    Ok(())
}

/// Ticks exactly the boxes with these texts.
async fn tick_all(page: &mut Page, read: &Read, texts: &[String]) -> Result<(), Refusal> {
    let options = &read.control.options;
    let wanted: Vec<_> = texts.iter().map(|text| squeeze(text)).collect();
    for text in &wanted {
        match options.iter().filter(|option| *option == text).count() {
            1 => {}
            0 => return Err(Refusal::Field(format!("there is no choice {text:?}"))),
            many => return Err(Refusal::Field(format!("{many} choices read {text:?}"))),
        }
    }
    for (member, option) in options.iter().enumerate() {
        set_box(page, read, member, wanted.contains(option)).await?;
    }
    Ok(())
}

async fn tick(page: &mut Page, read: &Read, ticked: bool) -> Result<(), Refusal> {
    set_box(page, read, 0, ticked).await
}

/// Clicks a box unless it is as wanted.
async fn set_box(page: &mut Page, read: &Read, member: usize, wanted: bool) -> Result<(), Refusal> {
    let index = read.control.index;
    let radio = read.control.kind == FieldKind::Radio;
    let ticked = is_ticked(page, index, member).await?;
    if ticked == wanted || (radio && !wanted) {
        return Ok(());
    }
    match at(&page.ask("point", json!([index, member])).await?) {
        Some((x, y)) => page.click_at(x, y).await?,
        None => drop(page.ask("click", json!([index, member])).await?),
    }
    let deadline = Instant::now() + SHOWING;
    while is_ticked(page, index, member).await? != wanted {
        if Instant::now() > deadline {
            return Err(Refusal::Field(
                "a box does not stay as it was clicked".to_owned(),
            ));
        }
        sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

async fn is_ticked(page: &mut Page, index: usize, member: usize) -> Result<bool, Refusal> {
    match page.ask("ticked", json!([index, member])).await? {
        Json::Bool(ticked) => Ok(ticked),
        _ => Err(Refusal::Field("the box went away".to_owned())),
    }
}

/// Chooses a file for a control.
async fn attach(page: &mut Page, index: usize, path: &Path) -> Result<(), Refusal> {
    let control = page.object("member", json!([index, 0])).await?;
    let files = json!({"objectId": control, "files": [path.to_string_lossy()]});
    page.command("DOM.setFileInputFiles", files).await?;
    page.release_objects().await?;
    Ok(())
}

/// Chooses a file that leaves as soon as it is chosen.
pub(crate) async fn attach_now(
    page: &mut Page,
    read: &Read,
    path: &Path,
) -> Result<(), BrowserError> {
    attach(page, read.control.index, path)
        .await
        .map_err(|refusal| match refusal {
            Refusal::Field(why) => BrowserError::Field {
                field: read.control.name.clone(),
                why,
            },
            Refusal::Devtools(error) => gone(&error, "while a file was chosen"),
        })
}

/// Copies a file of the person into the session's folder, so that nothing can
/// change it between the review and the sending, and checks that it is the one
/// that was prepared.
pub(crate) fn take_file(file: &FileToSend, folder: &Path) -> Result<FileToSend, BrowserError> {
    let refused = |why: String| BrowserError::File {
        path: file.path.clone(),
        why,
    };
    let bytes =
        std::fs::read(&file.path).map_err(|error| refused(format!("cannot be read: {error}")))?;
    if bytes.len() as u64 != file.size || Sha256::of(&bytes) != file.sha256 {
        return Err(refused("is not the one that was prepared".to_owned()));
    }
    if file.name.contains(['/', '\0']) || file.name.is_empty() {
        return Err(refused(format!(
            "has no name that can be sent: {:?}",
            file.name
        )));
    }
    let copied = |error: std::io::Error| refused(format!("cannot be copied: {error}"));
    std::fs::create_dir_all(folder).map_err(copied)?;
    let path = folder.join(&file.name);
    std::fs::write(&path, bytes).map_err(copied)?;
    Ok(FileToSend {
        path,
        ..file.clone()
    })
}

/// Text for a single line: a line end would send some forms.
pub(super) fn one_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\n', '\r'], " ")
}

fn words(put: &Put) -> &'static str {
    match put {
        Put::Text(_) => "text",
        Put::Choose(_) => "a choice",
        Put::Tick(_) => "a tick",
        Put::File(_) => "a file",
    }
}
