//! Labelled tokens laid out as the text the agent reads, and its spans mapped back.

use std::ops::Range;

use agent_core::skill::{Mention, tagger::Column};

/// A text made of sentences of tokens, a line each.
#[derive(Debug, Default)]
pub(crate) struct Laid {
    /// The text.
    pub(crate) text: String,
    /// Where its tokens stand, by sentence.
    sentences: Vec<Vec<Range<usize>>>,
}

impl Laid {
    /// Adds a sentence.
    pub(crate) fn add<'a>(&mut self, tokens: impl Iterator<Item = &'a str>) {
        let mut places = Vec::new();
        for token in tokens {
            let start = self.text.len();
            self.text.push_str(token);
            places.push(start..self.text.len());
            self.text.push(' ');
        }
        self.text.push('\n');
        self.sentences.push(places);
    }

    /// The tokens that mentions of these columns touch, by sentence; those that
    /// share a token are one span.
    pub(crate) fn spans(&self, mentions: &[Mention], columns: &[Column]) -> Vec<Vec<Range<usize>>> {
        let spans = |places: &Vec<Range<usize>>| {
            let mut spans: Vec<Range<usize>> = Vec::new();
            for mention in mentions.iter().filter(|m| columns.contains(&m.column)) {
                let touched = |place: &Range<usize>| {
                    place.start < mention.range.end && mention.range.start < place.end
                };
                let first = places.iter().position(touched);
                let last = places.iter().rposition(touched);
                let (Some(first), Some(last)) = (first, last) else {
                    continue;
                };
                match spans.last_mut() {
                    Some(before) if before.end > first => before.end = before.end.max(last + 1),
                    _ => spans.push(first..last + 1),
                }
            }
            spans
        };
        self.sentences.iter().map(spans).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_the_text_are_spans_of_its_tokens() {
        let mut laid = Laid::default();
        laid.add(["Know", "Go/Rust", "well", "."].into_iter());
        laid.add(["Work", "in", "a", "team"].into_iter());
        let mention = |word: &str, column| {
            let start = laid.text.find(word).unwrap();
            Mention {
                range: start..start + word.len(),
                column,
                skill: None,
            }
        };
        let mentions = [
            mention("Go", Column::Knowledge),
            mention("Rust well", Column::Knowledge),
            mention("in a team", Column::Skill),
        ];
        for (columns, expected) in [
            (vec![Column::Knowledge], [vec![(1, 3)], vec![]]),
            (vec![Column::Skill], [vec![], vec![(1, 4)]]),
            (vec![], [vec![], vec![]]),
        ] {
            let spans = laid.spans(&mentions, &columns);
            let ends = |spans: &Vec<Range<usize>>| -> Vec<(usize, usize)> {
                spans.iter().map(|span| (span.start, span.end)).collect()
            };
            let found: Vec<_> = spans.iter().map(ends).collect();
            assert_eq!(found, expected, "{columns:?}");
        }
    }
}
