//! The configuration file and the environment, read once at the start.
//!
//! Every key is optional. A key nobody knows is refused with the nearest known
//! one named, because a misspelt limit that is silently ignored does harm.

mod models;
mod notify;
mod surroundings;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use agent_api::paths::{Environment, Home};
use agent_core::matching::Weights;
use serde::Deserialize;

pub use models::{Embeddings, Models, Server, Talk};
pub use notify::{Channel, Detail, Notify, QuietHours, Target, Topic};
pub use surroundings::log_filter;
pub(crate) use surroundings::{
    ollama_host, on_path, service_manager, under_service_manager, watchdog,
};

use crate::schedule::Schedule;

/// Settings in force, with defaults for what the file does not say.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Synchronising with the boards.
    pub sync: Sync,
    /// Weights of the score's parts.
    pub weights: Weights,
    /// Asking portals for pages.
    pub fetch: Fetch,
    /// The models that make vectors, and those that answer.
    pub models: Models,
    /// The browser forms are filled in.
    pub browser: Browser,
    /// Telling the person.
    pub notify: Notify,
    /// The log file.
    pub log: Log,
}

/// `[sync]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub struct Sync {
    /// When to sync until `agentctl schedule set` says otherwise.
    pub schedule: Schedule,
    /// How many boards are read at the same time.
    pub concurrent: u16,
}

impl Default for Sync {
    fn default() -> Self {
        Self {
            schedule: Schedule::default(),
            concurrent: 6,
        }
    }
}

/// `[fetch]`
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Fetch {
    /// Address or page put into the User-Agent, so that a portal can reach the person.
    pub contact: Option<String>,
}

/// `[browser]`
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Browser {
    /// Chromium's program; looked for in the usual places when unset.
    pub chromium: Option<PathBuf>,
    /// Program of chromedriver; looked for in the usual places when unset.
    pub chromedriver: Option<PathBuf>,
}

/// `[log]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub struct Log {
    /// A `tracing` filter such as `info` or `agentd=debug`.
    pub level: String,
    /// Days of log files to keep.
    pub keep_days: u16,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            level: "info".into(),
            keep_days: 14,
        }
    }
}

/// Every key of the file. `show` prints them, the nearest one is named when a
/// key is wrong, and a test holds them against the structs above.
pub const KEYS: [&str; 27] = [
    "sync.schedule",
    "sync.concurrent",
    "weights.skills",
    "weights.title",
    "weights.experience",
    "weights.location",
    "weights.salary",
    "fetch.contact",
    "models.embeddings",
    "models.ollama",
    "models.chat",
    "models.patience",
    "models.openai.url",
    "models.openai.model",
    "browser.chromium",
    "browser.chromedriver",
    "notify.channels",
    "notify.kinds",
    "notify.least_score",
    "notify.quiet_hours",
    "notify.per_hour",
    "notify.detail",
    "notify.command",
    "notify.ntfy",
    "notify.webhook",
    "log.level",
    "log.keep_days",
];

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is there and cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not TOML, or a value has the wrong form.
    #[error("{path}: {message}")]
    Form {
        /// The file.
        path: PathBuf,
        /// What and where.
        message: String,
    },
    /// A key nobody knows.
    #[error("{path}: unknown key `{key}`{}", nearest.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
    UnknownKey {
        /// The file.
        path: PathBuf,
        /// The key as written.
        key: String,
        /// The known key most like it, if one is.
        nearest: Option<&'static str>,
    },
    /// A value outside what makes sense.
    #[error("{path}: {key} {problem}")]
    Value {
        /// The file.
        path: PathBuf,
        /// The key.
        key: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
}

/// A value in force and where it comes from.
#[derive(Debug, PartialEq)]
pub struct Setting {
    /// Dotted key.
    pub key: &'static str,
    /// Value as text; empty when unset.
    pub value: String,
    /// Whether the file states it.
    pub from_file: bool,
}

/// The home directory as the environment and `--home` name it.
pub fn home(flag: Option<PathBuf>) -> Result<Home, agent_api::paths::PathError> {
    let mut environment = Environment::of_process();
    if flag.is_some() {
        environment.agentd_home = flag;
    }
    Home::resolve(&environment)
}

/// Reads and checks the file at `path`; a missing file means defaults.
pub fn load(path: &Path) -> Result<(Config, Vec<Setting>), ConfigError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(source) => {
            return Err(ConfigError::Read {
                path: path.into(),
                source,
            });
        }
    };
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| form(path, &text, &error))?;
    let mut stated = Vec::new();
    keys_of("", &table, &mut stated);
    if let Some(key) = stated.iter().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(ConfigError::UnknownKey {
            path: path.into(),
            key: key.clone(),
            nearest: nearest(key),
        });
    }
    let config: Config = toml::from_str(&text).map_err(|error| form(path, &text, &error))?;
    check(path, &config)?;
    let settings = KEYS
        .iter()
        .map(|key| Setting {
            key,
            value: value_of(&config, key),
            from_file: stated.iter().any(|stated| stated == key),
        })
        .collect();
    Ok((config, settings))
}

fn form(path: &Path, text: &str, error: &toml::de::Error) -> ConfigError {
    ConfigError::Form {
        path: path.into(),
        message: one_line(text, error),
    }
}

/// What is wrong and in which line, without the excerpt that TOML errors draw.
pub(crate) fn one_line(text: &str, error: &toml::de::Error) -> String {
    let message = agent_core::text::line(error.message());
    let before = error.span().and_then(|span| text.get(..span.start));
    match before {
        Some(before) => format!("line {}: {message}", before.matches('\n').count() + 1),
        None => message,
    }
}

fn keys_of(prefix: &str, table: &toml::Table, keys: &mut Vec<String>) {
    for (name, value) in table {
        let key = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}.{name}")
        };
        match value {
            // An empty section has no key to be wrong, but may be one itself.
            toml::Value::Table(inner) if !inner.is_empty() || is_section(&key) => {
                keys_of(&key, inner, keys);
            }
            _ => keys.push(key),
        }
    }
}

fn is_section(name: &str) -> bool {
    KEYS.iter()
        .filter_map(|key| key.split_once('.'))
        .any(|(section, _)| section == name)
}

fn nearest(key: &str) -> Option<&'static str> {
    let last = key.rsplit('.').next().unwrap_or(key);
    KEYS.iter()
        .map(|known| {
            let whole = strsim::jaro_winkler(key, known);
            let tail = strsim::jaro_winkler(last, known.rsplit('.').next().unwrap_or(known));
            (whole.max(tail), *known)
        })
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}

fn check(path: &Path, config: &Config) -> Result<(), ConfigError> {
    let wrong = |key, problem| {
        Err(ConfigError::Value {
            path: path.into(),
            key,
            problem,
        })
    };
    if !(1..=16).contains(&config.sync.concurrent) {
        return wrong("sync.concurrent", "must be between 1 and 16");
    }
    let weights = &config.weights;
    let all = [
        weights.skills,
        weights.title,
        weights.experience,
        weights.location,
        weights.salary,
    ];
    if all
        .iter()
        .any(|weight| !weight.is_finite() || *weight < 0.0)
    {
        return wrong("weights", "must not be negative");
    }
    if all.iter().sum::<f64>() <= 0.0 {
        return wrong("weights", "must not all be 0");
    }
    if !config.fetch.contact.as_deref().is_none_or(is_contact) {
        return wrong(
            "fetch.contact",
            "must be a mail address or page of at most 100 plain letters, digits and signs",
        );
    }
    if !(1..=3600).contains(&config.models.patience) {
        return wrong("models.patience", "must be between 1 and 3600 seconds");
    }
    if let Some(server) = &config.models.openai
        && !(1..=200).contains(&server.model.trim().len())
    {
        return wrong("models.openai.model", "must be the name of a model");
    }
    for (key, program) in [
        ("browser.chromium", &config.browser.chromium),
        ("browser.chromedriver", &config.browser.chromedriver),
    ] {
        if program
            .as_ref()
            .is_some_and(|program| !program.is_absolute())
        {
            return wrong(key, "must be the whole path of a program");
        }
    }
    if let Some((key, problem)) = config.notify.problem() {
        return wrong(key, problem);
    }
    if !crate::logging::is_filter(&config.log.level) {
        return wrong(
            "log.level",
            "must be a filter such as `info` or `agentd=debug`",
        );
    }
    if !(1..=365).contains(&config.log.keep_days) {
        return wrong("log.keep_days", "must be between 1 and 365");
    }
    Ok(())
}

/// Whether `text` can stand in the comment of a User-Agent (RFC 9110, 5.6.5)
/// without ending it: visible ASCII without parentheses, quotes and backslash.
fn is_contact(text: &str) -> bool {
    (1..=100).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"()\\\"".contains(&byte))
}

fn value_of(config: &Config, key: &str) -> String {
    let weights = &config.weights;
    let path = |path: &Option<PathBuf>| {
        path.as_ref()
            .map(|path| path.display().to_string())
            .unwrap_or_default()
    };
    match key {
        "sync.schedule" => config.sync.schedule.to_string(),
        "sync.concurrent" => config.sync.concurrent.to_string(),
        "weights.skills" => weights.skills.to_string(),
        "weights.title" => weights.title.to_string(),
        "weights.experience" => weights.experience.to_string(),
        "weights.location" => weights.location.to_string(),
        "weights.salary" => weights.salary.to_string(),
        "fetch.contact" => config.fetch.contact.clone().unwrap_or_default(),
        "models.embeddings"
        | "models.ollama"
        | "models.chat"
        | "models.patience"
        | "models.openai.url"
        | "models.openai.model" => config.models.value_of(key),
        "browser.chromium" => path(&config.browser.chromium),
        "browser.chromedriver" => path(&config.browser.chromedriver),
        "log.level" => config.log.level.clone(),
        "log.keep_days" => config.log.keep_days.to_string(),
        key => config.notify.value_of(key).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
