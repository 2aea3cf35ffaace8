//! Models that are known to make vectors.
//!
//! A server says of each model what it can do. One older than that is believed
//! to embed with these alone. They stand in the order in which one is taken when
//! the person names none: those that read several languages and are of a size that
//! a laptop bears come first.

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

/// Whether a model is known to make vectors.
pub(super) fn embeds(name: &str) -> bool {
    place(name) < EMBEDDERS.len()
}

/// A model's place in the order of choice; those not known are last.
pub(super) fn place(name: &str) -> usize {
    let bare = name.split_once(':').map_or(name, |(bare, _)| bare);
    EMBEDDERS
        .iter()
        .position(|known| *known == bare)
        .unwrap_or(EMBEDDERS.len())
}
