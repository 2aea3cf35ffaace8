//! The built-in embeddings: a static table of word pieces shipped in the program.
//!
//! It orders texts that share words as its large parent does, and is clearly
//! weaker on pure synonyms; see the README beside the asset.

use std::sync::OnceLock;

use model2vec_rs::model::StaticModel;

use crate::VectorSpace;

const TOKENIZER: &[u8] = include_bytes!("../assets/minilm-static-128/tokenizer.json");
const TABLE: &[u8] = include_bytes!("../assets/minilm-static-128/model.safetensors");
const CONFIG: &[u8] = include_bytes!("../assets/minilm-static-128/config.json");

/// Most word pieces of a text that count; a long page takes no longer than that.
const MAX_TOKENS: usize = 1024;

/// Why no vector came out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The table shipped in this program cannot be loaded.
    #[error("the built-in vector table cannot be loaded: {reason}")]
    Table {
        /// What the reader said.
        reason: String,
    },
}

/// The built-in embedder. Making one is cheap: the table, some 40 MB in memory,
/// is loaded at the first use.
#[derive(Debug)]
pub struct BuiltIn {
    space: VectorSpace,
    model: OnceLock<Result<StaticModel, ModelError>>,
}

impl Default for BuiltIn {
    fn default() -> Self {
        Self::new()
    }
}

impl BuiltIn {
    /// An embedder that has not loaded its table yet.
    pub fn new() -> Self {
        let space = VectorSpace {
            name: "minilm-static-128".to_owned(),
            dims: 128,
        };
        Self {
            space,
            model: OnceLock::new(),
        }
    }

    /// The space of its vectors.
    pub fn space(&self) -> &VectorSpace {
        &self.space
    }

    /// The vector of each text, of length 1; all zeros for a text without a
    /// known word piece. Only the first 1,024 word pieces of a text count.
    pub fn embed<T: AsRef<str>>(&self, texts: &[T]) -> Result<Vec<Vec<f32>>, ModelError> {
        let model = self
            .model
            .get_or_init(load)
            .as_ref()
            .map_err(Clone::clone)?;
        let texts: Vec<String> = texts.iter().map(|text| text.as_ref().to_owned()).collect();
        let mut vectors = model.encode_with_args(&texts, Some(MAX_TOKENS), texts.len().max(1));
        for vector in &mut vectors {
            // The mean of no rows is no number.
            if vector.iter().any(|x| !x.is_finite()) {
                vector.fill(0.0);
            }
        }
        Ok(vectors)
    }
}

fn load() -> Result<StaticModel, ModelError> {
    StaticModel::from_bytes(TOKENIZER, TABLE, CONFIG, Some(true)).map_err(|error| {
        ModelError::Table {
            reason: format!("{error:#}"),
        }
    })
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;
    use crate::cosine;

    #[test]
    fn the_shipped_table_is_the_one_that_was_made() {
        let hash = |bytes: &[u8]| {
            Sha256::digest(bytes)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>()
        };
        assert_eq!(
            hash(TABLE),
            "58e29c4c5f05e3844dc9abedec6a5c46cc94f528f22959f3b555623cf02d7253"
        );
        assert_eq!(
            hash(TOKENIZER),
            "5fd1c882abbd30517dced455a2c9768945ec726b96727927e4959348d9de550b"
        );
    }

    #[test]
    fn a_text_is_nearer_to_what_it_is_about() {
        let model = BuiltIn::new();
        for (text, near, far) in [
            (
                "registered nurse on an intensive care ward",
                "patient care in a hospital",
                "Kubernetes cluster operations",
            ),
            (
                "backend engineer for distributed systems",
                "software developer for server applications",
                "primary school teacher",
            ),
            (
                "primary school teacher",
                "teaching children to read and write",
                "forklift driver in a warehouse",
            ),
            (
                "accountant for monthly closing",
                "financial accounting and tax returns",
                "graphic design of brochures",
            ),
            (
                "warehouse logistics worker",
                "forklift driver for shipping goods",
                "intensive care nurse",
            ),
            (
                "marketing manager for social media",
                "brand campaigns and content",
                "embedded firmware in C",
            ),
            (
                "data scientist",
                "machine learning and statistics",
                "hotel receptionist",
            ),
            (
                "site reliability engineer",
                "keeping production services reliable",
                "kindergarten assistant",
            ),
            (
                "sales representative",
                "selling to business customers",
                "laboratory chemist",
            ),
            (
                "frontend developer with React",
                "web user interfaces in JavaScript",
                "elderly care",
            ),
            (
                "electrician",
                "wiring and electrical installation",
                "copywriter",
            ),
            (
                "recruiter in human resources",
                "hiring and staff development",
                "truck driver",
            ),
        ] {
            let vectors = model.embed(&[text, near, far]).unwrap();
            let [text_vector, near_vector, far_vector] = vectors.as_slice() else {
                panic!("three texts")
            };
            let (to_near, to_far) = (
                cosine(text_vector, near_vector),
                cosine(text_vector, far_vector),
            );
            assert!(to_near > to_far, "{text}: {near} {to_near}, {far} {to_far}");
        }
    }

    #[test]
    fn vectors_have_length_one_and_are_the_same_each_time() {
        let model = BuiltIn::new();
        let long = "a very long page about databases ".repeat(50_000);
        let texts = [
            "Rust",
            "Krankenpfleger in München",
            long.as_str(),
            "\u{202e}\u{0}\u{1b}[31m red",
        ];
        let vectors = model.embed(&texts).unwrap();
        assert_eq!(vectors, BuiltIn::new().embed(&texts).unwrap());
        for (text, vector) in texts.iter().zip(&vectors) {
            let length: f32 = vector.iter().map(|x| x * x).sum();
            assert!(
                vector.len() == 128 && (length - 1.0).abs() < 1e-3,
                "{}: {length}",
                text.chars().take(20).collect::<String>()
            );
        }
    }

    #[test]
    fn nothing_gives_zeros() {
        let model = BuiltIn::new();
        assert_eq!(model.embed::<&str>(&[]).unwrap(), Vec::<Vec<f32>>::new());
        // The table knows no Japanese.
        for text in ["", "   ", "\u{0}", "看護師"] {
            assert_eq!(model.embed(&[text]).unwrap(), [vec![0.0; 128]], "{text:?}");
        }
    }
}
