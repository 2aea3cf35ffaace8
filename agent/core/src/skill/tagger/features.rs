//! What a token is judged by. Every feature is a row of the weight table, named
//! by a hash of its template's number and its value.
#![deny(clippy::indexing_slicing)]

use super::{
    lists::{KINDS, Lists, mark},
    tokenize::Token,
    word::{Word, mix},
};

/// Takes the rows of sentences, in order.
pub trait Sink {
    /// A row that counts for every token of the sentence; comes before its tokens.
    fn shared(&mut self, row: u32);
    /// A row of the token at hand.
    fn own(&mut self, row: u32);
    /// The token at hand is complete.
    fn end_token(&mut self);
    /// The sentence is complete.
    fn end_sentence(&mut self);
}

/// Longest heading, in tokens.
const HEADING: usize = 6;
/// Sentences after which a heading is forgotten.
const REACH: u32 = 15;
/// Words before the first and after the last that a window may see.
const MARGIN: usize = 3;

/// Gives the rows of a document's sentences.
pub fn document(sentences: &[Vec<Token<'_>>], lists: &Lists, sink: &mut impl Sink) {
    let words: Vec<Vec<Word>> = sentences.iter().map(|tokens| read(tokens, lists)).collect();
    let mut heading: &[Word] = &[];
    let mut distance = REACH;
    let mut before: &[Word] = &[];
    for (i, (tokens, now)) in sentences.iter().zip(&words).enumerate() {
        let near = if distance < REACH { heading } else { &[] };
        for (template, word) in near.iter().take(8).map(|word| (102, word)) {
            sink.shared(mix(template, word.lower));
        }
        sink.shared(mix(103, distance));
        let start = near
            .iter()
            .take(3)
            .fold(0, |all, word| mix(all, word.lower));
        sink.shared(mix(104, start));
        let after = words.get(i + 1).map(Vec::as_slice).unwrap_or_default();
        for (template, sentence) in [(105, before), (106, after)] {
            for word in sentence.iter().take(3) {
                sink.shared(mix(template, word.lower));
            }
        }
        sentence(now, sink);
        sink.end_sentence();
        if is_heading(tokens) {
            (heading, distance) = (now, 1);
        } else {
            distance = (distance + 1).min(REACH);
        }
        before = now;
    }
}

fn read(tokens: &[Token<'_>], lists: &Lists) -> Vec<Word> {
    let mut words: Vec<Word> = tokens
        .iter()
        .map(|token| Word::new(token.text, lists))
        .collect();
    mark(&mut words, lists);
    words
}

fn is_heading(tokens: &[Token<'_>]) -> bool {
    tokens.len() <= HEADING
        && tokens
            .last()
            .is_some_and(|token| !token.text.ends_with('.'))
        && tokens
            .first()
            .is_some_and(|token| !token.text.starts_with(['*', '-', '•']))
}

fn sentence(words: &[Word], sink: &mut impl Sink) {
    let margin = [Word::EDGE; MARGIN];
    let padded = [margin.as_slice(), words, margin.as_slice()].concat();
    let opening = match words {
        [first, second, ..] => [*first, *second],
        [first] => [*first, Word::EDGE],
        [] => return,
    };
    let length = words.len().min(8) as u32;
    for (i, window) in padded.array_windows::<7>().enumerate() {
        let place = u32::from(i == 0) + 2 * u32::from(i + 1 == words.len()) + 4 * length;
        sink.own(mix(27, place));
        by_words(window, sink);
        by_clusters(window, sink);
        by_lists(window, sink);
        let (left, right) = words.split_at_checked(i).unwrap_or_default();
        by_neighbourhood(left, right.get(1..).unwrap_or_default(), sink);
        by_opening(window, &opening, sink);
        sink.end_token();
    }
}

/// The words around, their shapes and their endings.
fn by_words([_, q, p, w, a, b, _]: &[Word; 7], sink: &mut impl Sink) {
    for row in [
        mix(9, 0),
        mix(1, w.lower),
        mix(2, mix(p.lower, w.lower)),
        mix(3, mix(w.lower, a.lower)),
        mix(4, w.stem),
        mix(8, mix(w.lower, w.shape)),
        mix(10, p.lower),
        mix(11, a.lower),
        mix(12, q.lower),
        mix(13, b.lower),
        mix(14, mix(p.lower, a.lower)),
        mix(15, mix(q.lower, p.lower)),
        mix(16, mix(a.lower, b.lower)),
        mix(20, w.shape),
        mix(21, mix(p.shape, w.shape)),
        mix(22, mix(w.shape, a.shape)),
        mix(23, mix(p.shape, mix(w.shape, a.shape))),
        mix(25, p.end),
        mix(26, w.end),
    ] {
        sink.own(row);
    }
    let ([two, three], [_, before]) = (w.suffixes, p.suffixes);
    sink.own(mix(18, two));
    sink.own(mix(19, three));
    sink.own(mix(24, mix(before, three)));
}

/// The groups their vectors fall into.
fn by_clusters([_, q, p, w, a, b, _]: &[Word; 7], sink: &mut impl Sink) {
    let [q, p, w_, a_, b] = [q, p, w, a, b].map(|word| word.facts.clusters.map(u32::from));
    for (template, rows) in [(30, w_), (33, p), (36, a_)] {
        for (level, cluster) in (0..).zip(rows) {
            sink.own(mix(template + level, cluster));
        }
    }
    let ([q0, q1, _], [p0, p1, _], [w0, w1, _]) = (q, p, w_);
    let ([a0, a1, _], [b0, b1, _]) = (a_, b);
    for row in [
        mix(39, mix(p0, w0)),
        mix(40, mix(p1, w1)),
        mix(42, mix(w0, a0)),
        mix(43, mix(w1, a1)),
        mix(45, q0),
        mix(46, q1),
        mix(47, b0),
        mix(48, b1),
    ] {
        sink.own(row);
    }
}

/// The listed phrases they stand in.
fn by_lists(window: &[Word; 7], sink: &mut impl Sink) {
    let [_, _, p, w, a, _, _] = window;
    for kind in 0..KINDS as u32 {
        let code = w.marks >> (2 * kind) & 3;
        if code != 0 {
            sink.own(mix(60 + kind, code));
        }
    }
    let [before, habit, after] = [p, w, a].map(|word| u32::from(word.facts.habit));
    let listed = window.iter().filter(|word| word.marks != 0).count() as u32;
    let others = listed - u32::from(w.marks != 0);
    let cluster = |word: &Word| u32::from(word.facts.clusters[1]);
    for row in [
        mix(49, mix(p.lower, cluster(w))),
        mix(50, mix(cluster(w), a.lower)),
        mix(70, w.marks),
        mix(71, mix(w.marks, w.shape)),
        mix(72, mix(w.marks, p.lower)),
        mix(73, mix(w.marks, a.lower)),
        mix(74, mix(p.marks, w.marks)),
        mix(75, mix(w.marks, a.marks)),
        mix(76, mix(p.marks, mix(w.marks, a.marks))),
        mix(77, mix(w.marks, u32::from(w.run))),
        mix(80, habit),
        mix(81, mix(before, habit)),
        mix(82, mix(habit, after)),
        mix(83, mix(habit, w.shape)),
        mix(84, mix(habit, p.lower)),
        mix(95, others),
        mix(96, mix(others, u32::from(w.marks != 0))),
    ] {
        sink.own(row);
    }
}

/// Telling words within eight before and six after, whatever their order.
fn by_neighbourhood(left: &[Word], right: &[Word], sink: &mut impl Sink) {
    let telling = |(_, word): &(u32, &Word)| !word.function;
    let before = (1..=8).zip(left.iter().rev()).filter(telling).take(5);
    for (rank, (distance, word)) in (1..).zip(before) {
        sink.own(mix(85, word.stem));
        if rank <= 2 {
            sink.own(mix(86 + rank, mix(word.stem, u32::from(distance > 2))));
        }
    }
    for (_, word) in (1..=6).zip(right).filter(telling).take(3) {
        sink.own(mix(90, word.stem));
    }
}

/// How the sentence begins.
fn by_opening([_, _, _, w, ..]: &[Word; 7], [first, second]: &[Word; 2], sink: &mut impl Sink) {
    sink.own(mix(92, mix(first.lower, second.lower)));
    sink.own(mix(93, mix(first.lower, w.shape)));
    sink.own(mix(94, mix(first.lower, w.marks)));
}
