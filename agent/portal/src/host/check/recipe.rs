//! Recipes, checked before a browser follows one: a plugin may not lead it to a
//! host nobody granted, nor hand over texts that flood or garble a screen.
#![deny(clippy::indexing_slicing)]

use agent_core::form::{Confirmation, FieldKind, Question, Recipe, Upload};
use agent_core::text;
use url::{Host, Url};

use crate::error::PluginError;
use crate::grant::HostPattern;
use crate::host::InstalledPlugin;

/// Longest address, in bytes.
const ADDRESS: usize = 4 << 10;
/// Longest selector, query key or end of a path, in bytes.
const SELECTOR: usize = 1 << 10;
/// Longest text of a question or a choice, in bytes.
const TEXT: usize = 4 << 10;
/// Most questions of a form.
const QUESTIONS: usize = 300;
/// Most choices of one question.
const OPTIONS: usize = 500;
/// Most hosts of each kind, query keys, and uploads.
const ENTRIES: usize = 50;

/// The same recipe with its addresses in normal form and its texts fit to be
/// shown, if the browser may follow it.
pub(in crate::host) fn recipe(
    stated: Recipe,
    plugin: &InstalledPlugin,
) -> Result<Recipe, PluginError> {
    let granted = Granted { plugin };
    let page = granted.address("its page", &stated.url)?;
    let action = granted.target("what it is sent to", &stated.action)?;
    few("query keys", stated.query_keys.len(), ENTRIES)?;
    for key in &stated.query_keys {
        if !page.query_pairs().any(|(name, _)| name == key.as_str()) {
            return Err(bad(format!(
                "its address has no query parameter {:?}",
                shown(key)
            )));
        }
    }
    few("uploads", stated.uploads.len(), ENTRIES)?;
    few("questions", stated.questions.len(), QUESTIONS)?;
    let mut uploads = Vec::with_capacity(stated.uploads.len());
    for upload in stated.uploads {
        uploads.push(Upload {
            locator: selector("an upload", upload.locator)?,
            method: method(upload.method)?,
            url_prefix: granted
                .target("an upload's store", &upload.url_prefix)?
                .into(),
        });
    }
    Ok(Recipe {
        form: selector("the form", stated.form)?,
        submit: selector("the submit control", stated.submit)?,
        refusal: selector("the refusal", stated.refusal)?,
        by_hand: stated
            .by_hand
            .map(|why| text::quote(&text::line(&why), 300))
            .filter(|why| !why.is_empty()),
        method: method(stated.method)?,
        query_keys: stated.query_keys,
        encoding: stated.encoding,
        page_hosts: granted.hosts("a host of its page", &stated.page_hosts)?,
        helper_hosts: granted.hosts("a host of its challenge", &stated.helper_hosts)?,
        questions: stated
            .questions
            .into_iter()
            .enumerate()
            .map(|(index, stated)| question(index + 1, stated))
            .collect::<Result<_, _>>()?,
        uploads,
        confirmation: confirmation(stated.confirmation, page.path())?,
        url: page.into(),
        action: action.into(),
    })
}

/// What the person granted: the plugin's own hosts, and those for its forms.
struct Granted<'a> {
    plugin: &'a InstalledPlugin,
}

impl Granted<'_> {
    fn patterns(&self) -> impl Iterator<Item = &HostPattern> {
        self.plugin.hosts.iter().chain(&self.plugin.form_hosts)
    }

    fn address(&self, what: &'static str, text: &str) -> Result<Url, PluginError> {
        let refuse = |why: &str| bad(format!("the address of {what} {why}"));
        if text.len() > ADDRESS {
            return Err(refuse("is too long"));
        }
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(refuse("holds a blank or a control character"));
        }
        let url = Url::parse(text).map_err(|_| refuse("cannot be read"))?;
        if url.scheme() != "https" {
            return Err(refuse("is not https"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("holds a user name or password"));
        }
        if url.port().is_some() || url.fragment().is_some() {
            return Err(refuse("holds a port or a fragment"));
        }
        let Some(Host::Domain(host)) = url.host() else {
            return Err(refuse("names no host"));
        };
        if !self.patterns().any(|pattern| pattern.matches(host)) {
            return Err(PluginError::HostNotGranted {
                host: shown(host),
                what,
            });
        }
        Ok(url)
    }

    /// An address that is compared by origin and path alone.
    fn target(&self, what: &'static str, text: &str) -> Result<Url, PluginError> {
        let url = self.address(what, text)?;
        match url.query() {
            None => Ok(url),
            Some(_) => Err(bad(format!("the address of {what} holds a query"))),
        }
    }

    fn hosts(&self, what: &'static str, stated: &[String]) -> Result<Vec<String>, PluginError> {
        few("hosts", stated.len(), ENTRIES)?;
        stated
            .iter()
            .map(|text| {
                let asked: HostPattern = text
                    .parse()
                    .map_err(|_| bad(format!("{:?} is not {what}", shown(text))))?;
                if self.patterns().any(|pattern| pattern.includes(&asked)) {
                    Ok(asked.to_string())
                } else {
                    Err(PluginError::HostNotGranted {
                        host: shown(text),
                        what,
                    })
                }
            })
            .collect()
    }
}

fn question(number: usize, stated: Question) -> Result<Question, PluginError> {
    let what = format!("question {number}");
    few(&format!("options of {what}"), stated.options.len(), OPTIONS)?;
    let texts = stated.options.iter().chain([&stated.label]);
    if texts.chain(&stated.help).any(|text| text.len() > TEXT) {
        return Err(PluginError::TooLarge {
            what: format!("a text of {what} (in bytes)"),
            limit: TEXT,
        });
    }
    let label = text::line(&stated.label);
    if label.is_empty() {
        return Err(bad(format!("{what} has no words")));
    }
    let options: Vec<String> = stated.options.iter().map(|o| text::line(o)).collect();
    if options.iter().any(String::is_empty) {
        return Err(bad(format!("{what} has an option without words")));
    }
    let chooses = match stated.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::File => false,
        FieldKind::Select
        | FieldKind::MultiSelect
        | FieldKind::Combobox
        | FieldKind::Radio
        | FieldKind::Checkbox
        | FieldKind::CheckboxGroup => true,
    };
    if !chooses && !options.is_empty() {
        return Err(bad(format!("{what} has options and is no choice")));
    }
    Ok(Question {
        label,
        help: stated
            .help
            .map(|help| text::block(&help))
            .filter(|help| !help.is_empty()),
        kind: stated.kind,
        required: stated.required,
        options,
        meaning: stated.meaning,
        locator: stated
            .locator
            .map(|locator| selector(&what, locator))
            .transpose()?,
    })
}

/// A test of success that the form's own page does not pass already.
fn confirmation(stated: Confirmation, form_path: &str) -> Result<Confirmation, PluginError> {
    let Confirmation {
        path_suffix,
        locator,
        reference,
    } = stated;
    if path_suffix.is_none() && locator.is_none() {
        return Err(bad("it does not say how a success is known".to_owned()));
    }
    if let Some(suffix) = &path_suffix {
        let plain = |c: char| !c.is_control() && !c.is_whitespace();
        let sound = suffix.len() > 1
            && suffix.len() <= SELECTOR
            && suffix.starts_with('/')
            && suffix.chars().all(plain);
        if !sound || form_path.ends_with(suffix.as_str()) {
            return Err(bad(format!(
                "a page that ends in {:?} is no proof of success",
                shown(suffix)
            )));
        }
    }
    let checked =
        |what, locator: Option<String>| locator.map(|locator| selector(what, locator)).transpose();
    Ok(Confirmation {
        path_suffix,
        locator: checked("the confirmation", locator)?,
        reference: checked("the reference", reference)?,
    })
}

fn selector(what: &str, text: String) -> Result<String, PluginError> {
    if text.len() > SELECTOR {
        return Err(PluginError::TooLarge {
            what: format!("the selector of {what} (in bytes)"),
            limit: SELECTOR,
        });
    }
    if text.trim().is_empty() || text.chars().any(char::is_control) {
        return Err(bad(format!("the selector of {what} is no selector")));
    }
    Ok(text)
}

fn method(text: String) -> Result<String, PluginError> {
    match text.as_str() {
        "POST" | "PUT" => Ok(text),
        other => Err(bad(format!(
            "its method {:?} is neither POST nor PUT",
            shown(other)
        ))),
    }
}

fn few(what: &str, count: usize, limit: usize) -> Result<(), PluginError> {
    if count <= limit {
        return Ok(());
    }
    Err(PluginError::TooLarge {
        what: format!("a form with {count} {what}"),
        limit,
    })
}

fn bad(why: String) -> PluginError {
    PluginError::BadResult { why }
}

/// What the plugin wrote, fit for an error line.
fn shown(text: &str) -> String {
    text::quote(text, 100)
}

#[cfg(test)]
mod tests;
