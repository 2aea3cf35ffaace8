//! From links to clusters.
#![deny(clippy::indexing_slicing)]

use super::{Link, Rule};

/// Two postings of a list, by their places in it, and why they are one opening.
#[derive(Debug, Clone, PartialEq)]
pub struct Joint {
    /// The one.
    pub one: usize,
    /// The other.
    pub other: usize,
    /// Why.
    pub link: Link,
}

/// How much better than another a likeness has to be to decide between two.
const MARGIN: f64 = 0.1;

/// Which of the links found for one posting to believe. Each is to another
/// posting, in the order of `found`; `rivals` says whether two of those cannot
/// both be meant.
///
/// What is stated is believed. Of rivals, only one that is plainly more alike
/// than the others is: a guess between them would be wrong half of the time.
pub fn settle(found: &[Link], rivals: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let all = || found.iter().enumerate();
    all()
        .filter(|(at, link)| {
            link.rule.is_stated()
                || all().all(|(beside, rival)| {
                    let below =
                        !rival.rule.is_stated() && rival.similarity + MARGIN <= link.similarity;
                    beside == *at || below || !rivals(*at, beside)
                })
        })
        .map(|(at, _)| at)
        .collect()
}

/// Clusters of `count` postings: for each posting the place of the first one of
/// its cluster.
///
/// The strongest links count first, and one that would bring two postings into a
/// cluster that are in `conflict` counts for nothing; that is asked with the link,
/// for what the person says stands against other things than a likeness.
pub fn partition(
    count: usize,
    joints: &[Joint],
    conflict: impl Fn(&Link, usize, usize) -> bool,
) -> Vec<usize> {
    let mut order: Vec<&Joint> = joints
        .iter()
        .filter(|joint| joint.one < count && joint.other < count)
        .collect();
    order.sort_by(|a, b| {
        let stated = b.link.rule.is_stated().cmp(&a.link.rule.is_stated());
        stated
            .then((a.link.rule != Rule::Person).cmp(&(b.link.rule != Rule::Person)))
            .then(b.link.similarity.total_cmp(&a.link.similarity))
            .then((a.one, a.other).cmp(&(b.one, b.other)))
    });
    let mut cluster: Vec<usize> = (0..count).collect();
    for joint in order {
        let of = |place: usize| cluster.get(place).copied().unwrap_or(place);
        let (one, other) = (of(joint.one), of(joint.other));
        if one == other {
            continue;
        }
        let members = |of: usize| {
            cluster
                .iter()
                .enumerate()
                .filter(move |(_, named)| **named == of)
                .map(|(place, _)| place)
        };
        if members(one).any(|a| members(other).any(|b| conflict(&joint.link, a, b))) {
            continue;
        }
        let (first, second) = (one.min(other), one.max(other));
        for named in &mut cluster {
            if *named == second {
                *named = first;
            }
        }
    }
    cluster
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(rule: Rule, similarity: f64) -> Link {
        Link {
            rule,
            similarity,
            because: Vec::new(),
        }
    }

    fn joint(one: usize, other: usize, rule: Rule, similarity: f64) -> Joint {
        Joint {
            one,
            other,
            link: link(rule, similarity),
        }
    }

    #[test]
    fn a_link_never_brings_a_conflict_into_a_cluster() {
        let apart = |pairs: &'static [(usize, usize)]| {
            move |_: &Link, a: usize, b: usize| pairs.contains(&(a.min(b), a.max(b)))
        };
        let chain = [joint(0, 1, Rule::Text, 0.7), joint(1, 2, Rule::Text, 0.9)];
        assert_eq!(partition(3, &chain, apart(&[])), [0, 0, 0]);
        assert_eq!(partition(3, &chain, apart(&[(0, 2)])), [0, 1, 1]);
        let stated = [
            joint(0, 1, Rule::Address, 1.0),
            joint(1, 2, Rule::Text, 0.99),
        ];
        assert_eq!(partition(3, &stated, apart(&[(0, 2)])), [0, 0, 2]);
        assert_eq!(
            partition(2, &[joint(0, 7, Rule::Text, 1.0)], apart(&[])),
            [0, 1]
        );
    }

    #[test]
    fn of_rivals_only_a_plainly_better_one_is_believed() {
        let rivals = |_: usize, _: usize| true;
        let check = |found: &[Link], expected: &[usize]| {
            assert_eq!(settle(found, rivals), expected, "{found:?}");
        };
        check(&[link(Rule::Text, 0.9)], &[0]);
        check(&[link(Rule::Text, 0.9), link(Rule::Text, 0.88)], &[]);
        check(&[link(Rule::Text, 0.7), link(Rule::Text, 0.95)], &[1]);
        check(&[link(Rule::Address, 1.0), link(Rule::Text, 1.0)], &[0]);
        let both = [link(Rule::Text, 0.9), link(Rule::Text, 0.88)];
        assert_eq!(settle(&both, |_, _| false), [0, 1]);
    }
}
