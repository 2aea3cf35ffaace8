//! What a change of the order would change for the person.

use std::collections::HashMap;

use crate::ids::JobId;

/// How two orders of the same jobs differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effect {
    /// Jobs that are listed no more, the best first.
    pub hidden: Vec<JobId>,
    /// Jobs that are listed now and were not.
    pub shown: Vec<JobId>,
    /// How many of the others have another place among themselves.
    pub moved: u32,
    /// Jobs that come to be among the first `top`, the best first.
    pub into_top: Vec<JobId>,
}

/// Compares a list with what it would become; `top` is the length of a first page.
pub fn effect(before: &[JobId], after: &[JobId], top: usize) -> Effect {
    let was: HashMap<JobId, usize> = places(before);
    let is: HashMap<JobId, usize> = places(after);
    let stay = |list: &[JobId], other: &HashMap<JobId, usize>| -> Vec<JobId> {
        let both = list.iter().filter(|id| other.contains_key(*id));
        both.copied().collect()
    };
    let (stayed_before, stayed_after) = (stay(before, &is), stay(after, &was));
    let moved = stayed_before
        .iter()
        .zip(&stayed_after)
        .filter(|(one, other)| one != other)
        .count();
    Effect {
        hidden: gone(before, &is),
        shown: gone(after, &was),
        moved: u32::try_from(moved).unwrap_or(u32::MAX),
        into_top: after
            .iter()
            .take(top)
            .filter(|id| was.get(*id).is_some_and(|place| *place >= top))
            .copied()
            .collect(),
    }
}

fn places(list: &[JobId]) -> HashMap<JobId, usize> {
    list.iter().copied().zip(0..).collect()
}

fn gone(list: &[JobId], other: &HashMap<JobId, usize>) -> Vec<JobId> {
    list.iter()
        .filter(|id| !other.contains_key(*id))
        .copied()
        .collect()
}
