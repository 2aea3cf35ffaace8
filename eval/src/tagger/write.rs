//! Writes the asset: both columns' weights as 8-bit integers of one scale.

use super::{marginals::Steps, sources::Built, train::Weights};
use agent_core::skill::tagger::{Column, TAGS};

/// What is subtracted from the score of "in no span" when decoding, by column:
/// trades precision against recall. In the units of the weights.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Leaning {
    /// For skills.
    pub(crate) skill: f32,
    /// For knowledge.
    pub(crate) knowledge: f32,
}

impl Default for Leaning {
    fn default() -> Self {
        Self {
            skill: 0.5,
            knowledge: 0.6,
        }
    }
}

/// Share of weights that may be larger than what 8 bits hold; those are cut off.
const CUT_OFF: f64 = 1e-5;

/// The bytes of an asset; `tagger::Model::read` describes them.
pub(crate) fn asset([skill, knowledge]: &[Weights; 2], leaning: Leaning, built: &Built) -> Vec<u8> {
    let columns = [skill, knowledge];
    let scale = scale(columns);
    let mut bytes = b"SKT1".to_vec();
    bytes.extend(skill.rows.len().trailing_zeros().to_le_bytes());
    for (weights, column) in columns.into_iter().zip(Column::ALL) {
        let leaning = match column {
            Column::Skill => leaning.skill,
            Column::Knowledge => leaning.knowledge,
        };
        for score in leant(&weights.steps, leaning).iter().flatten() {
            bytes.extend(((score * scale).round() as i32).to_le_bytes());
        }
    }
    for (skill, knowledge) in skill.rows.iter().zip(&knowledge.rows) {
        for weight in skill.iter().chain(knowledge) {
            let scaled = (weight * scale).round().clamp(-127.0, 127.0) as i8;
            bytes.extend(scaled.to_le_bytes());
        }
    }
    let phrases = built
        .phrases
        .iter()
        .map(|(key, kinds)| (*key, vec![*kinds]));
    pairs(&mut bytes, phrases);
    let words = built.words.iter().map(|(key, facts)| {
        let [coarse, middle, fine] = facts.clusters;
        let [low, high] = fine.to_le_bytes();
        (
            *key,
            vec![coarse as u8, middle as u8, low, high, facts.habit],
        )
    });
    pairs(&mut bytes, words);
    bytes
}

/// Less for "in no span" is the same as more for every step into one.
fn leant(steps: &Steps, leaning: f32) -> Steps {
    steps.map(|[out, begin, inside]: [f32; TAGS]| [out, begin + leaning, inside + leaning])
}

fn scale(columns: [&Weights; 2]) -> f32 {
    let mut sizes: Vec<f32> = columns
        .iter()
        .flat_map(|c| c.rows.iter().flatten())
        .map(|w| w.abs())
        .collect();
    sizes.sort_by(f32::total_cmp);
    let most = sizes.len() - 1 - (sizes.len() as f64 * CUT_OFF) as usize;
    127.0 / sizes[most].max(f32::MIN_POSITIVE)
}

fn pairs(bytes: &mut Vec<u8>, pairs: impl ExactSizeIterator<Item = (u32, Vec<u8>)>) {
    bytes.extend((pairs.len() as u32).to_le_bytes());
    let mut last = 0;
    for (key, value) in pairs {
        let mut gap = key - last;
        last = key;
        while gap >= 0x80 {
            bytes.push(gap as u8 | 0x80);
            gap >>= 7;
        }
        bytes.push(gap as u8);
        bytes.extend(value);
    }
}
