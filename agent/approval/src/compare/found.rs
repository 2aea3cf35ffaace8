//! Collecting differences: of one thing, and of rows of things that have names.

use std::collections::{BTreeMap, BTreeSet};

use crate::{digest::Sha256, snapshot::Difference};

/// A thing on both sides, or on one.
pub(super) enum Pair<'a, T> {
    Both(&'a T, &'a T),
    Gone(&'a T),
    New(&'a T),
}

#[derive(Default)]
pub(super) struct Found {
    pub(super) list: Vec<Difference>,
}

impl Found {
    pub(super) fn add(&mut self, field: &str, before: Option<String>, after: Option<String>) {
        self.list.push(Difference {
            field: field.to_owned(),
            before,
            after,
        });
    }

    /// Adds a difference, in `words`, if the two are not equal.
    pub(super) fn differ<T: PartialEq + ?Sized>(
        &mut self,
        field: &str,
        (before, after): (&T, &T),
        words: impl Fn(&T) -> String,
    ) {
        if before != after {
            self.add(field, Some(words(before)), Some(words(after)));
        }
    }

    /// Adds what is new or gone, in `words`.
    pub(super) fn one_sided<T>(
        &mut self,
        field: &str,
        pair: &Pair<'_, T>,
        words: impl Fn(&T) -> String,
    ) {
        match pair {
            Pair::Both(..) => {}
            Pair::Gone(thing) => self.add(field, Some(words(thing)), None),
            Pair::New(thing) => self.add(field, None, Some(words(thing))),
        }
    }

    /// Adds a difference if what is on both sides stands in another order.
    /// `names` are unique on each side, see [`numbered`].
    pub(super) fn order<'a>(
        &mut self,
        field: &str,
        before: &[Numbered<'a>],
        after: &[Numbered<'a>],
    ) {
        let kept = |side: &[Numbered<'a>], other: &[Numbered<'a>]| -> Vec<&'a str> {
            let other: BTreeSet<_> = other.iter().collect();
            let both = side.iter().filter(|name| other.contains(name));
            both.map(|(name, _)| *name).collect()
        };
        let (before, after) = (kept(before, after), kept(after, before));
        self.differ(field, (&before, &after), |names| names.join(", "));
    }
}

/// A name, and which one of that name.
pub(super) type Numbered<'a> = (&'a str, usize);

/// Each thing's name with the count of the same name before it.
pub(super) fn numbered<'a, T>(
    things: &'a [T],
    name: impl Fn(&'a T) -> &'a str,
) -> Vec<Numbered<'a>> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    things
        .iter()
        .map(|thing| {
            let count = seen.entry(name(thing)).or_default();
            *count += 1;
            (name(thing), *count)
        })
        .collect()
}

/// The things of both sides by name: those of the left in order, then the new ones.
pub(super) fn by_name<'a, T>(
    (left, right): (&'a [T], &'a [T]),
    (left_names, right_names): (&[Numbered<'a>], &[Numbered<'a>]),
) -> Vec<(Numbered<'a>, Pair<'a, T>)> {
    let there: BTreeMap<_, _> = right_names.iter().zip(right).collect();
    let here: BTreeSet<_> = left_names.iter().collect();
    let kept = left_names
        .iter()
        .zip(left)
        .map(|(name, thing)| match there.get(name) {
            Some(other) => (*name, Pair::Both(thing, *other)),
            None => (*name, Pair::Gone(thing)),
        });
    let new = right_names
        .iter()
        .zip(right)
        .filter(|(name, _)| !here.contains(name));
    kept.chain(new.map(|(name, thing)| (*name, Pair::New(thing))))
        .collect()
}

/// The things of both sides by position, numbered from 1.
pub(super) fn by_position<'a, T>(left: &'a [T], right: &'a [T]) -> Vec<(usize, Pair<'a, T>)> {
    (0..left.len().max(right.len()))
        .filter_map(|at| {
            let pair = match (left.get(at), right.get(at)) {
                (Some(before), Some(after)) => Pair::Both(before, after),
                (Some(before), None) => Pair::Gone(before),
                (None, Some(after)) => Pair::New(after),
                (None, None) => return None,
            };
            Some((at + 1, pair))
        })
        .collect()
}

/// Enough of a hash to see that two differ.
pub(super) fn beginning(hash: &Sha256) -> String {
    hash.to_string().chars().take(12).collect()
}
