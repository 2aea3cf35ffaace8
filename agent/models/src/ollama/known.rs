//! Models that are known to make vectors, or to answer in words.
//!
//! A server says of each model what it can do. One older than that is believed
//! to embed or to answer with these alone. They stand in the order in which one is
//! taken when the person names none: those that read several languages and are of a
//! size that a laptop bears come first.

use super::Model;

const EMBEDDERS: [&str; 12] = [
    "embeddinggemma",
    "bge-m3",
    "nomic-embed-text-v2-moe",
    "snowflake-arctic-embed2",
    "granite-embedding",
    "paraphrase-multilingual",
    "nomic-embed-text",
    "mxbai-embed-large",
    "snowflake-arctic-embed",
    "bge-large",
    "qwen3-embedding",
    "all-minilm",
];

/// Models that follow instructions, the better of a size first.
const TALKERS: [&str; 16] = [
    "qwen3",
    "qwen2.5",
    "gemma3",
    "llama3.1",
    "llama3.2",
    "phi4",
    "phi4-mini",
    "mistral",
    "ministral",
    "granite3.3",
    "qwen2.5-coder",
    "gemma2",
    "phi3.5",
    "llama3",
    "gpt-oss",
    "smollm2",
];

/// Files between these sizes are of models that answer well and that a laptop runs:
/// from about two to about nine billion parameters of four bits.
const COMFORT: std::ops::RangeInclusive<u64> = 1_500_000_000..=6_500_000_000;

/// Whether a model is known to answer in words.
pub(super) fn answers(name: &str) -> bool {
    TALKERS.contains(&bare(name))
}

/// A model's place in the order of choice for answers: of a comfortable size, then
/// smaller ones, then larger ones; within these the known ones in their order, and
/// those of a name by size, the larger first.
pub(super) fn chat_place(model: &Model) -> (u8, usize, std::cmp::Reverse<u64>, String) {
    let class = if COMFORT.contains(&model.bytes) {
        0
    } else if model.bytes < *COMFORT.start() {
        1
    } else {
        2
    };
    let known = TALKERS.iter().position(|known| *known == bare(&model.name));
    (
        class,
        known.unwrap_or(TALKERS.len()),
        std::cmp::Reverse(model.bytes),
        model.name.clone(),
    )
}

/// Whether a model is known to make vectors.
pub(super) fn embeds(name: &str) -> bool {
    place(name) < EMBEDDERS.len()
}

/// A model's place in the order of choice; those not known are last.
pub(super) fn place(name: &str) -> usize {
    let bare = bare(name);
    EMBEDDERS
        .iter()
        .position(|known| *known == bare)
        .unwrap_or(EMBEDDERS.len())
}

fn bare(name: &str) -> &str {
    name.split_once(':').map_or(name, |(bare, _)| bare)
}
