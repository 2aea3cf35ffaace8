//! A form as it was read, as what a person approves.

use std::collections::BTreeMap;

use agent_approval::{
    Action, Field, FieldKind, FileRef, FormSnapshot, Pinned, Release, ReleaseKind, Sha256, Source,
    Value,
};
use agent_core::form::{Encoding, FileToSend, Filling, Put, Recipe};
use url::Url;

use super::{
    fill::one_line,
    read::{Read, Reading, squeeze},
};
use crate::session::BrowserError;

/// The second of one name is another than the first.
pub(crate) type Place = (String, usize);

/// What is put where, by the name a person knows.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) place: Place,
    pub(crate) filling: Filling,
}

/// What two loads of the page showed of its hidden values.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hidden {
    /// Whether a hidden value differs from load to load.
    volatile: BTreeMap<Place, bool>,
}

impl Hidden {
    /// What differs between two loads is volatile; so is what only one has.
    pub(crate) fn of(first: &Reading, second: &Reading) -> Self {
        let (first, second) = (places(&first.hidden), places(&second.hidden));
        let all = first.keys().chain(second.keys());
        let volatile = all.map(|place| (place.clone(), first.get(place) != second.get(place)));
        Self {
            volatile: volatile.collect(),
        }
    }

    fn is_volatile(&self, place: &Place) -> bool {
        self.volatile.get(place).copied().unwrap_or(false)
    }
}

/// Values by name and number among those of that name.
fn places(hidden: &[(String, String)]) -> BTreeMap<Place, &str> {
    let names = numbered(hidden.iter().map(|(name, _)| name.as_str()));
    names
        .into_iter()
        .zip(hidden.iter().map(|(_, value)| value.as_str()))
        .collect()
}

/// Each name with its number among its like.
pub(crate) fn numbered<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Place> {
    let mut seen = BTreeMap::new();
    names
        .map(|name| {
            let count = seen.entry(name).or_insert(0_usize);
            *count += 1;
            (name.to_owned(), *count)
        })
        .collect()
}

/// The places of a reading's fields.
pub(crate) fn field_places(reading: &Reading) -> Vec<Place> {
    numbered(
        reading
            .fields
            .iter()
            .map(|field| field.control.name.as_str()),
    )
}

/// What a snapshot is made from.
pub(crate) struct Making<'a> {
    pub(crate) recipe: &'a Recipe,
    pub(crate) reading: &'a Reading,
    pub(crate) hidden: &'a Hidden,
    pub(crate) plans: &'a [Plan],
}

/// Where the form goes, as the page says; the recipe's word where a script
/// composes the request and the markup says nothing of it.
pub(crate) fn action(recipe: &Recipe, reading: &Reading) -> Result<Action, BrowserError> {
    let unclear = |what: &str| BrowserError::Changed {
        what: what.to_owned(),
    };
    let (method, url) = match (&reading.action, recipe.encoding) {
        (Some(action), Encoding::Urlencoded | Encoding::Multipart) => (&action.method, &action.url),
        (Some(action), Encoding::Json) if action.stated && action.method == "POST" => {
            (&action.method, &action.url)
        }
        (Some(_), Encoding::Json) => (&recipe.method, &recipe.action),
        (None, _) => (&recipe.method, &recipe.action),
    };
    let url = Url::parse(url).map_err(|_| unclear("it does not say where it is sent"))?;
    Ok(Action {
        method: method.clone(),
        origin: url.origin().ascii_serialization(),
        path: url.path().to_owned(),
    })
}

impl Making<'_> {
    /// The snapshot of the page as it was read.
    pub(crate) fn snapshot(&self) -> Result<FormSnapshot, BrowserError> {
        let Self {
            recipe,
            reading,
            hidden,
            ..
        } = self;
        let url = Url::parse(&reading.url).map_err(|error| BrowserError::Load {
            url: reading.url.clone(),
            why: error.to_string(),
        })?;
        let query = recipe.query_keys.iter().filter_map(|key| {
            let (_, value) = url.query_pairs().find(|(name, _)| name == key.as_str())?;
            Some((key.clone(), value.into_owned()))
        });
        let (mut pinned, mut volatile) = (Vec::new(), Vec::new());
        for (place, value) in places(&reading.hidden) {
            if hidden.is_volatile(&place) {
                volatile.push(place.0);
            } else {
                pinned.push(Pinned {
                    name: place.0,
                    sha256: Sha256::of(value.as_bytes()),
                });
            }
        }
        Ok(FormSnapshot {
            origin: url.origin().ascii_serialization(),
            path: url.path().to_owned(),
            query: query.collect(),
            action: action(recipe, reading)?,
            fields: self.fields(),
            files: self
                .files()
                .map(|(field, file)| reference(field, file))
                .collect(),
            pinned,
            volatile,
        })
    }

    /// Files that are attached, in the order of their fields.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&Read, &FileToSend)> {
        self.planned()
            .filter_map(|(read, plan)| match &plan?.filling.put {
                Put::File(file) => Some((read, file)),
                Put::Text(_) | Put::Choose(_) | Put::Tick(_) => None,
            })
    }

    /// Each field with what was put into it.
    pub(crate) fn planned(&self) -> impl Iterator<Item = (&Read, Option<&Plan>)> {
        let places = field_places(self.reading);
        self.reading
            .fields
            .iter()
            .zip(places)
            .map(|(read, place)| (read, self.plans.iter().find(|plan| plan.place == place)))
    }

    fn fields(&self) -> Vec<Field> {
        let fields = self.planned().map(|(read, plan)| {
            let control = &read.control;
            let value = match plan.map(|plan| &plan.filling.put) {
                // It leaves as soon as it is chosen, so it is not chosen yet.
                Some(Put::File(file)) if read.upload.is_some() => Value::File(file.name.clone()),
                Some(_) | None => read.value.clone(),
            };
            let source = match (plan, &value) {
                (_, Value::Empty | Value::Ticked(false)) if plan.is_none() => Source::None,
                (Some(plan), _) => plan.filling.source,
                (None, _) => Source::Page,
            };
            Field {
                name: control.name.clone(),
                role: control.role.clone(),
                kind: control.kind,
                required: control.required,
                options: control.options.clone(),
                value,
                source,
            }
        });
        fields.collect()
    }

    /// Compares what is on the page with what was put there. A page may
    /// reformat a text (a phone mask); other letters and digits are another value.
    pub(crate) fn check_values(&self) -> Result<(), BrowserError> {
        let placed: Vec<_> = self.planned().filter_map(|(_, plan)| plan).collect();
        if let Some(lost) = self
            .plans
            .iter()
            .find(|plan| !placed.iter().any(|placed| placed.place == plan.place))
        {
            return Err(BrowserError::Field {
                field: lost.place.0.clone(),
                why: "it went away while the form was filled".to_owned(),
            });
        }
        for (read, plan) in self.planned() {
            let Some(plan) = plan else { continue };
            if let Some(why) = differs(read, &plan.filling.put) {
                return Err(BrowserError::Field {
                    field: read.control.name.clone(),
                    why,
                });
            }
        }
        Ok(())
    }

    /// What has to leave, in order.
    pub(crate) fn releases(&self) -> Result<Vec<Release>, BrowserError> {
        let mut releases = Vec::new();
        for (read, _) in self.files() {
            let Some(upload) = read.upload.and_then(|at| self.recipe.uploads.get(at)) else {
                continue;
            };
            let url = Url::parse(&upload.url_prefix).map_err(|_| BrowserError::Changed {
                what: format!("an upload has no address: {:?}", upload.url_prefix),
            })?;
            releases.push(Release {
                kind: ReleaseKind::Upload {
                    field: read.control.name.clone(),
                },
                method: upload.method.clone(),
                origin: url.origin().ascii_serialization(),
                path: url.path().to_owned(),
                path_prefix: true,
            });
        }
        let action = action(self.recipe, self.reading)?;
        releases.push(Release {
            kind: ReleaseKind::Submit,
            method: action.method,
            origin: action.origin,
            path: action.path,
            path_prefix: false,
        });
        Ok(releases)
    }
}

fn reference(read: &Read, file: &FileToSend) -> FileRef {
    FileRef {
        field: read.control.name.clone(),
        name: file.name.clone(),
        size: file.size,
        sha256: file.sha256,
    }
}

/// How what was read differs from what was put; none when it does not.
fn differs(read: &Read, put: &Put) -> Option<String> {
    let instead = || Some(format!("it holds {}", shown(&read.value)));
    match (put, &read.value) {
        (Put::Text(text), Value::Empty) if text.is_empty() => None,
        (Put::Text(text), Value::Text(there)) => {
            let wanted = match read.control.kind {
                FieldKind::Text => one_line(text),
                FieldKind::LongText
                | FieldKind::Select
                | FieldKind::MultiSelect
                | FieldKind::Combobox
                | FieldKind::Radio
                | FieldKind::Checkbox
                | FieldKind::CheckboxGroup
                | FieldKind::File => text.replace("\r\n", "\n").replace('\r', "\n"),
            };
            if *there == wanted
                || (letters(there) == letters(&wanted) && !letters(there).is_empty())
            {
                return None;
            }
            instead()
        }
        (Put::Choose(texts), Value::Empty) if texts.is_empty() => None,
        (Put::Choose(texts), Value::Chosen(there)) => {
            let mut wanted: Vec<_> = texts.iter().map(|text| squeeze(text)).collect();
            let mut there = there.clone();
            wanted.sort_unstable();
            there.sort_unstable();
            if wanted == there { None } else { instead() }
        }
        (Put::Tick(wanted), Value::Ticked(there)) if wanted == there => None,
        (Put::File(_), Value::Empty) if read.upload.is_some() => None,
        (Put::File(file), Value::File(name))
            if *name == file.name && read.file_size == Some(file.size) =>
        {
            None
        }
        (Put::Text(_) | Put::Choose(_) | Put::Tick(_) | Put::File(_), _) => instead(),
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|char| char.is_alphanumeric()).collect()
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::Empty => return "nothing".to_owned(),
        Value::Text(text) | Value::File(text) => text.clone(),
        Value::Chosen(texts) => texts.join(", "),
        Value::Ticked(true) => return "a tick".to_owned(),
        Value::Ticked(false) => return "no tick".to_owned(),
    };
    let beginning: String = text.chars().take(80).collect();
    format!("{beginning:?} ({} characters)", text.chars().count())
}
