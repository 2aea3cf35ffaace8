//! The best row of tags under scores of tokens and of steps (Viterbi).
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

/// Where a token stands with respect to a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// In none.
    Out,
    /// The first of one.
    Begin,
    /// A later one.
    Inside,
}

/// How many tags there are.
pub const TAGS: usize = 3;

/// Scores of steps: a row for the tag before (O, B, I, then the start of the
/// sentence), a column for the tag after. A step from O or the start to I is
/// never taken, whatever its score.
pub type Steps = [[i32; TAGS]; TAGS + 1];

/// A token's scores as the first and as a later word of a span, and whether a
/// span may not run on into it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) begin: i32,
    pub(super) inside: i32,
    pub(super) cut: bool,
}

/// Less than any score, and far enough from the least number to add to.
const NEVER: i32 = i32::MIN / 4;

/// The best row of tags.
pub(super) fn best(tokens: &[Step], steps: &Steps) -> Vec<Tag> {
    let [from_out, from_begin, from_inside, start] = steps;
    let mut scores = [NEVER; TAGS];
    let mut back: Vec<[Tag; TAGS]> = Vec::with_capacity(tokens.len());
    for (i, token) in tokens.iter().enumerate() {
        let [out, begin, inside] = scores;
        let column = |of: fn(&[i32; TAGS]) -> i32| match i {
            0 => (of(start), Tag::Out),
            _ => first_of([
                (out + of(from_out), Tag::Out),
                (begin + of(from_begin), Tag::Begin),
                (inside + of(from_inside), Tag::Inside),
            ]),
        };
        let (to_out, before_out) = column(|[o, _, _]| *o);
        let (to_begin, before_begin) = column(|[_, b, _]| *b);
        let ([_, _, b], [_, _, s]) = (from_begin, from_inside);
        let (to_inside, before_inside) = match i {
            0 => (NEVER, Tag::Out),
            _ if token.cut => (NEVER, Tag::Out),
            _ => first_of([
                (begin + b, Tag::Begin),
                (inside + s, Tag::Inside),
                (NEVER, Tag::Out),
            ]),
        };
        let reached = [to_out, to_begin + token.begin, to_inside + token.inside];
        // Only differences count: kept near 0, no sentence is too long for them.
        let most = reached.into_iter().max().unwrap_or_default();
        scores = reached.map(|score| (score - most).max(NEVER));
        back.push([before_out, before_begin, before_inside]);
    }
    let [out, begin, inside] = scores;
    let (_, mut tag) = first_of([(out, Tag::Out), (begin, Tag::Begin), (inside, Tag::Inside)]);
    let mut tags: Vec<Tag> = Vec::with_capacity(tokens.len());
    for [out, begin, inside] in back.into_iter().rev() {
        tags.push(tag);
        tag = match tag {
            Tag::Out => out,
            Tag::Begin => begin,
            Tag::Inside => inside,
        };
    }
    tags.reverse();
    tags
}

/// By how much `tags` score higher than they would without `span`, one of theirs.
pub(super) fn gain(tokens: &[Step], steps: &Steps, tags: &[Tag], span: &Range<usize>) -> i32 {
    let [from_out, from_begin, from_inside, start] = steps;
    let row = |tag: Option<Tag>| match tag {
        None => start,
        Some(Tag::Out) => from_out,
        Some(Tag::Begin) => from_begin,
        Some(Tag::Inside) => from_inside,
    };
    let score = |before: Option<Tag>, tag: Tag| {
        let [out, begin, inside] = row(before);
        match tag {
            Tag::Out => *out,
            Tag::Begin => *begin,
            Tag::Inside => *inside,
        }
    };
    let first = span
        .start
        .checked_sub(1)
        .and_then(|at| tags.get(at))
        .copied();
    let (mut with, mut without) = (first, first);
    let mut gain = 0_i32;
    for (tag, token) in tags.iter().zip(tokens).skip(span.start).take(span.len()) {
        let own = match tag {
            Tag::Out => 0,
            Tag::Begin => token.begin,
            Tag::Inside => token.inside,
        };
        gain = gain.saturating_add(own + score(with, *tag) - score(without, Tag::Out));
        (with, without) = (Some(*tag), Some(Tag::Out));
    }
    match tags.get(span.end) {
        Some(next) => gain.saturating_add(score(with, *next) - score(without, *next)),
        None => gain,
    }
}

/// The pair with the highest score; of equals, the first.
fn first_of([a, b, c]: [(i32, Tag); TAGS]) -> (i32, Tag) {
    let ab = if b.0 > a.0 { b } else { a };
    if c.0 > ab.0 { c } else { ab }
}

/// The spans of a row of tags; an inside tag after none opens one.
pub fn spans(tags: &[Tag]) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (i, tag) in tags.iter().enumerate() {
        match (tag, spans.last_mut()) {
            (Tag::Out, _) => open = false,
            (Tag::Inside, Some(last)) if open => last.end = i + 1,
            (Tag::Begin | Tag::Inside, _) => {
                spans.push(i..i + 1);
                open = true;
            }
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best score over every allowed row of tags.
    fn by_trying(tokens: &[Step], steps: &Steps) -> i32 {
        let rows = 0..3_usize.pow(tokens.len() as u32);
        let tags = rows.map(|code| -> Vec<usize> {
            (0..tokens.len() as u32)
                .map(|i| code / 3_usize.pow(i) % 3)
                .collect()
        });
        tags.filter_map(|tags| score(&tags, tokens, steps))
            .max()
            .unwrap()
    }

    fn score(tags: &[usize], tokens: &[Step], steps: &Steps) -> Option<i32> {
        let mut before = TAGS;
        let mut sum = 0;
        for (&tag, token) in tags.iter().zip(tokens) {
            if tag == 2 && (token.cut || matches!(before, 0 | TAGS)) {
                return None;
            }
            sum += steps[before][tag] + [0, token.begin, token.inside][tag];
            before = tag;
        }
        Some(sum)
    }

    #[test]
    fn no_row_of_tags_scores_higher_than_the_one_chosen() {
        let mut random = 7_u64;
        let mut next = |most: u64| {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (random >> 33) % most
        };
        for _ in 0..300 {
            let mut number = || next(41) as i32 - 20;
            let steps: Steps = std::array::from_fn(|_| std::array::from_fn(|_| number()));
            let tokens: Vec<Step> = (0..6)
                .map(|_| Step {
                    begin: next(41) as i32 - 20,
                    inside: next(41) as i32 - 20,
                    cut: next(4) == 0,
                })
                .collect();
            let tags: Vec<usize> = best(&tokens, &steps)
                .iter()
                .map(|&tag| tag as usize)
                .collect();
            let chosen = score(&tags, &tokens, &steps);
            assert_eq!(
                chosen,
                Some(by_trying(&tokens, &steps)),
                "{tags:?} {tokens:?}"
            );
        }
    }

    #[test]
    fn the_gain_of_a_span_is_what_leaving_it_out_loses() {
        let token = |begin, inside| Step {
            begin,
            inside,
            cut: false,
        };
        let tokens = [token(5, 0), token(1, 7), token(-9, -9), token(4, 2)];
        let steps = [[1, -1, 0], [0, -3, 2], [1, -2, 1], [2, 0, 0]];
        let tags = best(&tokens, &steps);
        let whole = |tags: &[Tag]| {
            let tags: Vec<usize> = tags.iter().map(|&tag| tag as usize).collect();
            score(&tags, &tokens, &steps).unwrap()
        };
        let found = spans(&tags);
        assert_eq!(found, [0..2, 3..4]);
        for span in found {
            let mut without = tags.clone();
            without[span.clone()].fill(Tag::Out);
            let lost = whole(&tags) - whole(&without);
            assert_eq!(gain(&tokens, &steps, &tags, &span), lost, "{span:?}");
            assert!(lost > 0);
        }
    }

    #[test]
    fn a_sentence_of_any_length_has_its_tags() {
        let token = Step {
            begin: 1 << 15,
            inside: 1 << 15,
            cut: false,
        };
        let steps = [[0, 0, 0], [0, 0, 1], [0, 0, 1], [0, 0, 0]];
        let tags = best(&vec![token; 200_000], &steps);
        let [whole] = &spans(&tags)[..] else {
            panic!("one span")
        };
        assert_eq!(*whole, 0..200_000);
        assert_eq!(best(&[], &steps), []);
    }

    #[test]
    fn spans_are_read_from_tags() {
        use Tag::{Begin as B, Inside as I, Out as O};
        for (tags, expected) in [
            (vec![], vec![]),
            (vec![O, O], vec![]),
            (vec![B, I, O, B], vec![0..2, 3..4]),
            (vec![B, B, I], vec![0..1, 1..3]),
            (vec![I, I, O, I], vec![0..2, 3..4]),
        ] {
            assert_eq!(spans(&tags), expected, "{tags:?}");
        }
    }
}
