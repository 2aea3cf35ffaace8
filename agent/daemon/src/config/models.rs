//! `[models]`: which models make the vectors and answer, and where their servers are.

use std::fmt;

use agent_models::ollama::Host;
use serde::{Deserialize, Deserializer, de::Error as _};

/// Longest name of a model, in characters.
const LONGEST: usize = 200;

/// `[models]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub struct Models {
    /// Which model makes the vectors.
    pub embeddings: Embeddings,
    /// Where the Ollama server is. Unset means `OLLAMA_HOST`, else the usual place.
    #[serde(deserialize_with = "host")]
    pub ollama: Option<Host>,
    /// Which model answers in words.
    pub chat: Talk,
    /// Seconds for which a model may be silent before its answer is given up.
    pub patience: u32,
    /// A server that speaks OpenAI's protocol; none until the person names it.
    pub openai: Option<OpenAiServer>,
}

impl Default for Models {
    fn default() -> Self {
        Self {
            embeddings: Embeddings::default(),
            ollama: None,
            chat: Talk::default(),
            patience: 300,
            openai: None,
        }
    }
}

/// `[models.openai]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct OpenAiServer {
    /// What its calls begin with, such as `http://127.0.0.1:1234/v1`.
    #[serde(deserialize_with = "openai_url")]
    pub url: Host,
    /// Name of the model on it.
    pub model: String,
}

/// Which model on the Ollama server answers in words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Talk {
    /// The first suitable one there.
    #[default]
    Auto,
    /// None; the server is asked nothing.
    Off,
    /// The one of this name.
    Model(String),
}

impl TryFrom<String> for Talk {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.trim() {
            "auto" => Ok(Self::Auto),
            "off" => Ok(Self::Off),
            name if is_name(name) => Ok(Self::Model(name.to_owned())),
            _ => Err("`models.chat` must be auto, off or the name of a model"),
        }
    }
}

impl fmt::Display for Talk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "auto",
            Self::Off => "off",
            Self::Model(name) => name,
        })
    }
}

/// Which model makes the vectors.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Embeddings {
    /// One on the model server where there is one, else the built-in one.
    #[default]
    Auto,
    /// The built-in one; no server is asked.
    BuiltIn,
    /// The one of this name on the model server.
    Model(String),
}

impl TryFrom<String> for Embeddings {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.trim() {
            "auto" => Ok(Self::Auto),
            "built-in" => Ok(Self::BuiltIn),
            name if is_name(name) => Ok(Self::Model(name.to_owned())),
            _ => Err("`models.embeddings` must be auto, built-in or the name of a model"),
        }
    }
}

impl fmt::Display for Embeddings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "auto",
            Self::BuiltIn => "built-in",
            Self::Model(name) => name,
        })
    }
}

fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/".contains(c);
    !text.is_empty() && text.len() <= LONGEST && text.chars().all(plain)
}

fn host<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Host>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let host = Host::parse(&text);
    host.map(Some)
        .map_err(|error| D::Error::custom(format!("`models.ollama` {error}")))
}

fn openai_url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Host, D::Error> {
    let text = String::deserialize(deserializer)?;
    let host = Some(text.trim()).filter(|text| text.contains("://"));
    let host = host.and_then(|text| Host::parse(text).ok());
    host.ok_or_else(|| {
        D::Error::custom(
            "`models.openai.url` must be what the calls of a server begin with, such as \
             http://127.0.0.1:1234/v1",
        )
    })
}

/// Where the model server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its address.
    pub host: Host,
    /// What the environment names in vain: an address on another machine counts
    /// only when the configuration names it.
    pub ignored: Option<Host>,
}

impl Models {
    /// One of its settings as text; empty when unset.
    pub(super) fn value_of(&self, key: &str) -> String {
        let openai = self.openai.as_ref();
        match key {
            "models.embeddings" => self.embeddings.to_string(),
            "models.ollama" => self
                .ollama
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            "models.chat" => self.chat.to_string(),
            "models.patience" => self.patience.to_string(),
            "models.openai.url" => openai
                .map(|server| server.url.to_string())
                .unwrap_or_default(),
            "models.openai.model" => openai
                .map(|server| server.model.clone())
                .unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// Where the server is, given what `OLLAMA_HOST` says.
    pub fn server(&self, environment: Option<&str>) -> Server {
        let named = environment.and_then(|text| Host::parse(text).ok());
        let (here, ignored) = match named {
            Some(host) if host.is_this_machine() => (Some(host), None),
            elsewhere => (None, elsewhere),
        };
        match &self.ollama {
            Some(host) => Server {
                host: host.clone(),
                ignored: None,
            },
            None => Server {
                host: here.unwrap_or_default(),
                ignored,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p4_another_machine_is_asked_only_when_the_configuration_names_it() {
        let check = |file: Option<&str>, environment: Option<&str>, expected: &str, ignored| {
            let models = Models {
                ollama: file.map(|file| Host::parse(file).unwrap()),
                ..Models::default()
            };
            let server = models.server(environment);
            assert_eq!(server.host.to_string(), expected);
            let found = server.ignored.map(|host| host.to_string());
            assert_eq!(found.as_deref(), ignored);
        };
        let usual = "http://127.0.0.1:11434";
        check(None, None, usual, None);
        check(None, Some("127.0.0.1:9"), "http://127.0.0.1:9", None);
        check(None, Some("0.0.0.0"), usual, None);
        check(
            None,
            Some("gpu.example"),
            usual,
            Some("http://gpu.example:11434"),
        );
        check(None, Some("not an address"), usual, None);
        check(
            Some("http://gpu.example:1"),
            None,
            "http://gpu.example:1",
            None,
        );
        check(Some(":7"), Some("gpu.example"), "http://127.0.0.1:7", None);
    }
}
