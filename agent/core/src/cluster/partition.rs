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
/// The strongest links count first. One that would bring two postings into a
/// cluster that are in `conflict` counts for nothing, nor does one that would join
/// what the person keeps `apart`; that is asked of every pair. A group or a
/// requisition spans places and titles of which each would be in conflict with a
/// copy of another: a copy has to fit the posting it is linked to, and no more.
pub fn partition(
    count: usize,
    joints: &[Joint],
    apart: impl Fn(usize, usize) -> bool,
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
    let mut growing = Growing {
        cluster: (0..count).collect(),
        span: vec![None; count],
        near: vec![None; count],
    };
    let (stated, alike): (Vec<&Joint>, Vec<&Joint>) = order
        .into_iter()
        .partition(|joint| joint.link.rule.is_stated());
    for joint in &stated {
        if !growing.refuses(joint, &apart, &conflict) {
            growing.join(joint);
        }
    }
    for joint in stated {
        if matches!(joint.link.rule, Rule::Group | Rule::Requisition) {
            growing.mark_span(growing.of(joint.one));
        }
    }
    for joint in alike {
        if !growing.refuses(joint, &apart, &conflict) {
            growing.join(joint);
        }
    }
    growing.cluster
}

/// Clusters while links are taken in. Each list has an entry per posting.
struct Growing {
    /// The first posting of its cluster.
    cluster: Vec<usize>,
    /// The group or requisition it is in.
    span: Vec<Option<usize>>,
    /// The group or requisition it is a copy out of.
    near: Vec<Option<usize>>,
}

impl Growing {
    fn of(&self, place: usize) -> usize {
        self.cluster.get(place).copied().unwrap_or(place)
    }

    fn span(&self, place: usize) -> Option<usize> {
        self.span.get(place).copied().flatten()
    }

    fn members(&self, named: usize) -> impl Iterator<Item = usize> {
        let all = self.cluster.iter().enumerate();
        all.filter(move |(_, of)| **of == named)
            .map(|(place, _)| place)
    }

    /// The group or requisition that a link brings a single copy to.
    fn host(&self, joint: &Joint) -> Option<usize> {
        match (self.span(joint.one), self.span(joint.other)) {
            (Some(host), None) | (None, Some(host)) => Some(host),
            _ => None,
        }
    }

    fn refuses(
        &self,
        joint: &Joint,
        apart: impl Fn(usize, usize) -> bool,
        conflict: impl Fn(&Link, usize, usize) -> bool,
    ) -> bool {
        let host = self.host(joint);
        let covered = |place: usize| {
            let of_host = self.span(place) == host && place != joint.one && place != joint.other;
            let copy = self.near.get(place).copied().flatten() == host;
            host.is_some() && (of_host || copy)
        };
        let (mine, theirs) = (self.of(joint.one), self.of(joint.other));
        self.members(mine).any(|a| {
            self.members(theirs).any(|b| {
                let asked = !covered(a) && !covered(b);
                apart(a, b) || (asked && conflict(&joint.link, a, b))
            })
        })
    }

    fn join(&mut self, joint: &Joint) {
        if let Some(host) = self.host(joint) {
            for place in [joint.one, joint.other] {
                if self.span(place).is_none()
                    && let Some(near) = self.near.get_mut(place)
                {
                    *near = Some(host);
                }
            }
        }
        let (one, other) = (self.of(joint.one), self.of(joint.other));
        for named in &mut self.cluster {
            if *named == one.max(other) {
                *named = one.min(other);
            }
        }
    }

    /// Notes that all of a cluster are of one group or requisition.
    fn mark_span(&mut self, named: usize) {
        for (of, span) in self.cluster.iter().zip(&mut self.span) {
            if *of == named {
                *span = Some(named);
            }
        }
    }
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
        let among =
            |pairs: &[(usize, usize)], a: usize, b: usize| pairs.contains(&(a.min(b), a.max(b)));
        let check = |joints: &[Joint], pairs: &[(usize, usize)], expected: &[usize]| {
            let found = partition(
                expected.len(),
                joints,
                |_, _| false,
                |_, a, b| among(pairs, a, b),
            );
            assert_eq!(found, expected, "{joints:?} {pairs:?}");
        };
        let chain = [joint(0, 1, Rule::Text, 0.7), joint(1, 2, Rule::Text, 0.9)];
        check(&chain, &[], &[0, 0, 0]);
        check(&chain, &[(0, 2)], &[0, 1, 1]);
        let stated = [
            joint(0, 1, Rule::Address, 1.0),
            joint(1, 2, Rule::Text, 0.99),
        ];
        check(&stated, &[(0, 2)], &[0, 0, 2]);
        check(&[joint(0, 7, Rule::Text, 1.0)], &[], &[0, 1]);
    }

    #[test]
    fn copies_of_a_group_in_several_places_come_into_it() {
        // 0 and 1 are a group of two places; 2 and 3 are copies of each on a second
        // board, 4 is another opening of that board.
        let group = joint(0, 1, Rule::Group, 1.0);
        let copies = [joint(0, 2, Rule::Text, 0.9), joint(1, 3, Rule::Text, 0.9)];
        let pairs = [(0, 3), (1, 2), (2, 3), (0, 4), (1, 4), (2, 4), (3, 4)];
        let conflict = |_: &Link, a: usize, b: usize| pairs.contains(&(a.min(b), a.max(b)));
        let all: Vec<Joint> = [group].into_iter().chain(copies).collect();
        let found = partition(5, &all, |_, _| false, conflict);
        assert_eq!(found, [0, 0, 0, 0, 4]);
        let more = [all.clone(), vec![joint(3, 4, Rule::Text, 0.8)]].concat();
        assert_eq!(partition(5, &more, |_, _| false, conflict), [0, 0, 0, 0, 4]);
        // The person's word stands against all of it.
        let apart = |a: usize, b: usize| (a.min(b), a.max(b)) == (2, 3);
        assert_eq!(partition(5, &all, apart, conflict), [0, 0, 0, 3, 4]);
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
