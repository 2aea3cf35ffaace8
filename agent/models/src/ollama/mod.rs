//! Vectors and answers by models on an Ollama server, over its documented HTTP API
//! (<https://github.com/ollama/ollama/blob/main/docs/api.md>).
#![deny(clippy::indexing_slicing)]

mod chat;
mod known;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{VectorSpace, wire::Wire};

pub use self::chat::ChatModel;
pub use crate::{Exchange, Host, HostError, Patience, ServerError};

/// Most texts of one question. It bounds what a kill repeats, and how long the
/// server is busy with us when the person asks it something.
pub const BATCH: usize = 32;

/// Most characters of a text that are sent. The server itself cuts a text to what
/// the model reads, which is less with most models.
const LONGEST: usize = 8_000;

/// How much of a digest stands in the name of a space.
const MARK: usize = 12;

/// A model on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Name with its tag ("all-minilm:latest").
    pub name: String,
    /// Digest of its files, as the server tells it.
    pub digest: String,
    /// Size of its files.
    pub bytes: u64,
}

impl Model {
    /// Whether a person who writes `wanted` means it: without a tag `latest` is meant.
    pub fn is_called(&self, wanted: &str) -> bool {
        let bare = self.name.strip_suffix(":latest").unwrap_or(&self.name);
        self.name == wanted || bare == wanted
    }

    /// The name of its vector space. A model pulled anew under the same name makes
    /// other vectors and so has another space.
    pub fn space_name(&self) -> String {
        let digest = self.digest.strip_prefix("sha256:").unwrap_or(&self.digest);
        let mark: String = digest.chars().take(MARK).collect();
        format!("{}@{mark}", self.name)
    }
}

/// A server that may have models.
#[derive(Debug, Clone)]
pub struct Ollama {
    wire: Wire,
}

#[derive(Deserialize)]
struct Tags {
    models: Vec<Tag>,
}

#[derive(Deserialize)]
struct Tag {
    name: String,
    #[serde(default)]
    digest: String,
    #[serde(default)]
    size: u64,
}

#[derive(Serialize)]
struct Show<'a> {
    model: &'a str,
}

#[derive(Deserialize)]
struct Shown {
    /// An older server says nothing of them.
    #[serde(default)]
    capabilities: Vec<String>,
}

#[derive(Serialize)]
struct Embed<'a> {
    model: &'a str,
    input: Vec<String>,
    /// Whether the server may cut a text to what the model reads.
    truncate: bool,
}

#[derive(Deserialize)]
struct Embedded {
    embeddings: Vec<Vec<f32>>,
}

impl Ollama {
    /// A server at `host`. Nothing is asked of it yet.
    pub fn new(host: Host, patience: Patience) -> Result<Self, ServerError> {
        Ok(Self {
            wire: Wire::new(host, patience)?,
        })
    }

    /// Tells every exchange to `ledger`, also those that fail.
    pub fn telling(self, ledger: Arc<dyn Fn(Exchange) + Send + Sync>) -> Self {
        Self {
            wire: self.wire.telling(ledger),
        }
    }

    /// Where it is.
    pub fn host(&self) -> &Host {
        self.wire.host()
    }

    /// Its models, in the order in which one is taken when the person names none.
    pub async fn models(&self) -> Result<Vec<Model>, ServerError> {
        let tags: Tags = self.wire.get("api/tags").await?;
        let mut models: Vec<Model> = tags
            .models
            .into_iter()
            .map(|tag| Model {
                name: agent_core::text::quote(&tag.name, 200),
                digest: agent_core::text::quote(&tag.digest, 200),
                bytes: tag.size,
            })
            .filter(|model| !model.name.is_empty())
            .collect();
        models.sort_by(|a, b| {
            let key = |model: &Model| (known::place(&model.name), model.name.clone());
            key(a).cmp(&key(b))
        });
        Ok(models)
    }

    /// Sorts models in the order in which one is taken to answer in words when the
    /// person names none: those that follow instructions and are of a size that a
    /// laptop bears come first.
    pub fn sort_for_chat(models: &mut [Model]) {
        models.sort_by_key(known::chat_place);
    }

    /// Whether a model makes vectors.
    pub async fn embeds(&self, model: &Model) -> Result<bool, ServerError> {
        let name = model.name.as_str();
        let shown: Shown = self
            .wire
            .post("api/show", &Show { model: name }, name)
            .await?;
        if shown.capabilities.is_empty() {
            return Ok(known::embeds(name));
        }
        Ok(shown.capabilities.iter().any(|can| can == "embedding"))
    }

    /// The space of a model's vectors. Their length is that of one it makes.
    pub async fn space(&self, model: &Model) -> Result<VectorSpace, ServerError> {
        let vectors = self.ask(model, vec!["a job".to_owned()]).await?;
        match vectors.first().map(Vec::len) {
            Some(dims) if dims > 0 => Ok(VectorSpace {
                name: model.space_name(),
                dims,
            }),
            Some(_) | None => Err(ServerError::Dimensions {
                model: model.name.clone(),
                expected: 1,
                given: 0,
            }),
        }
    }

    /// The vector of each text in `space`, of length 1; all zeros for a blank text.
    /// Asks in batches of [`BATCH`], and before each whether the model is still the
    /// one that `space` is of.
    pub async fn embed(
        &self,
        model: &Model,
        space: &VectorSpace,
        texts: &[String],
    ) -> Result<Vec<Vec<f32>>, ServerError> {
        let mut all = Vec::with_capacity(texts.len());
        for batch in texts.chunks(BATCH) {
            self.check_same(model).await?;
            let told: Vec<String> = batch
                .iter()
                .filter(|text| !is_blank(text))
                .map(|text| cut(text))
                .collect();
            let mut vectors = if told.is_empty() {
                Vec::new().into_iter()
            } else {
                self.ask(model, told).await?.into_iter()
            };
            for text in batch {
                let vector = if is_blank(text) {
                    vec![0.0; space.dims]
                } else {
                    vectors.next().unwrap_or_default()
                };
                if vector.len() != space.dims {
                    return Err(ServerError::Dimensions {
                        model: model.name.clone(),
                        expected: space.dims,
                        given: vector.len(),
                    });
                }
                all.push(vector);
            }
        }
        Ok(all)
    }

    async fn check_same(&self, model: &Model) -> Result<(), ServerError> {
        let models = self.models().await?;
        match models.iter().find(|present| present.name == model.name) {
            Some(present) if present.digest == model.digest => Ok(()),
            Some(_) => Err(ServerError::Replaced {
                model: model.name.clone(),
            }),
            None => Err(ServerError::NotPulled {
                model: model.name.clone(),
            }),
        }
    }

    /// One question: as many vectors as texts, each made of numbers and of length 1.
    async fn ask(&self, model: &Model, texts: Vec<String>) -> Result<Vec<Vec<f32>>, ServerError> {
        let name = model.name.clone();
        let count = texts.len();
        let question = Embed {
            model: &name,
            input: texts,
            truncate: true,
        };
        let answer: Embedded = self.wire.post("api/embed", &question, &name).await?;
        let mut vectors = answer.embeddings;
        if vectors.len() != count {
            return Err(ServerError::Count {
                model: name,
                texts: count,
                given: vectors.len(),
            });
        }
        for vector in &mut vectors {
            if vector.iter().any(|part| !part.is_finite()) {
                return Err(ServerError::NotANumber { model: name });
            }
            normalise(vector);
        }
        Ok(vectors)
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

fn normalise(vector: &mut [f32]) {
    let square: f64 = vector.iter().map(|part| f64::from(*part).powi(2)).sum();
    let length = square.sqrt();
    if length.is_normal() {
        for part in vector {
            *part = (f64::from(*part) / length) as f32;
        }
    }
}
